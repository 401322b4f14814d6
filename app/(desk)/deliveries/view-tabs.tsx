import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Tabs } from '@/components/ui/tabs';
import { DELIVERY_VIEWS } from '@/lib/deliveries/delivery-list';
import { countUnresolved } from '@/lib/deliveries/queries';
import type { DeliveryView } from './delivery-results';

/** Everything, or what needs attention; both within the same filters. How many a search leaves over costs too much to count. */
export async function ViewTabs({ access, filter, hrefOf }: DeliveryView): Promise<ReactElement> {
  const isPlain = filter.q === '' && filter.test === 'include';
  const [unresolved, t] = await Promise.all([
    isPlain ? countUnresolved(access, filter) : null,
    getTranslations('deliveries'),
  ]);
  const tabs = DELIVERY_VIEWS.map((view) => ({
    href: hrefOf({ view, status: [] }),
    label: t(`view.${view}`),
    current: filter.view === view,
    ...(view === 'unresolved' && unresolved ? { count: `${unresolved.count}${unresolved.more ? '+' : ''}` } : {}),
  }));
  return (
    <div className="mb-4">
      <Tabs label={t('views')} tabs={tabs} />
    </div>
  );
}
