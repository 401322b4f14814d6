import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Tabs } from '@/components/ui/tabs';
import { DELIVERY_VIEWS, type DeliveryFilter, deliveriesHref } from '@/lib/deliveries/filter';
import { countUnresolved, MOST_COUNTED } from '@/lib/deliveries/queries';
import type { Access } from '@/lib/staff/access';

interface ViewTabsProps {
  readonly access: Access;
  readonly filter: DeliveryFilter;
  readonly zone: string;
}

/** Everything, or what needs a person; both within the same filters. How many a search leaves over costs too much to tell. */
export async function ViewTabs({ access, filter, zone }: ViewTabsProps): Promise<ReactElement> {
  const plain = filter.q === '' && filter.test === 'include';
  const [unresolved, t] = await Promise.all([
    plain ? countUnresolved(access, filter) : null,
    getTranslations('deliveries'),
  ]);
  const tabs = DELIVERY_VIEWS.map((view) => ({
    href: deliveriesHref(filter, zone, { view, status: [] }),
    label: t(`view.${view}`),
    current: filter.view === view,
    ...(view === 'unresolved' && unresolved !== null ? { count: cappedCount(unresolved) } : {}),
  }));
  return (
    <div className="mb-4">
      <Tabs label={t('views')} tabs={tabs} />
    </div>
  );
}

/** `1000+` past what was counted. */
export function cappedCount(count: number): number | string {
  return count > MOST_COUNTED ? `${MOST_COUNTED}+` : count;
}
