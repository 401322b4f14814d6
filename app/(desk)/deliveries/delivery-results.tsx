import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ListResults } from '@/app/(desk)/lists/list-results';
import type { ViewOf } from '@/app/(desk)/lists/list-view';
import { WordChips } from '@/components/word-chips';
import type { deliveryList } from '@/lib/deliveries/delivery-list';
import { countDeliveries, hasDeliveries, listDeliveries } from '@/lib/deliveries/queries';
import { DELIVERY_STATUSES } from '@/lib/deliveries/status';
import { useDeliveryColumns } from './columns';
import { QueueResults } from './queue-results';

export type DeliveryView = ViewOf<typeof deliveryList>;

export async function DeliveryResults(view: DeliveryView): Promise<ReactElement> {
  const { access, filter, projects, hrefOf } = view;
  if (filter.view === 'unresolved') return <QueueResults {...view} />;
  const [page, counts, t] = await Promise.all([
    listDeliveries(access, filter),
    countDeliveries(access, filter),
    getTranslations('invoices'),
  ]);
  return (
    <ListResults
      chips={
        <WordChips
          chosen={filter.status}
          counts={counts}
          hrefOf={(status) => hrefOf({ status })}
          label={t('filter.status')}
          wordOf={(status) => t(`delivery.${status}`)}
          words={DELIVERY_STATUSES}
        />
      }
      isFirstUse={async () => !(await hasDeliveries(access))}
      page={page}
      sources={projects.filter(({ provider }) => provider === 'novapay')}
      useColumns={useDeliveryColumns}
      view={view}
    />
  );
}
