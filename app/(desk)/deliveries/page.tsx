import type { ReactElement } from 'react';
import { ListPage, type ListPageProps, listMetadata } from '@/app/(desk)/lists/list-page';
import { deliveryList } from '@/lib/deliveries/delivery-list';
import { withHits } from '@/lib/search/condition';
import { requireStaff } from '@/lib/staff/session';
import { DeliveryResults } from './delivery-results';
import { ViewTabs } from './view-tabs';

export const generateMetadata = listMetadata('deliveries');

export default async function DeliveriesPage({ searchParams }: ListPageProps): Promise<ReactElement> {
  return (
    <ListPage
      access={await requireStaff()}
      exportView="deliveries"
      list={deliveryList}
      lookUp={withHits}
      results={DeliveryResults}
      searchParams={searchParams}
      tabs={(view) => <ViewTabs {...view} />}
    />
  );
}
