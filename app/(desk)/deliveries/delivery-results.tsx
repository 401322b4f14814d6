import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Chips } from '@/components/chips';
import { NothingYet } from '@/components/nothing-yet';
import { Pager } from '@/components/pager';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { type DeliveryFilter, deliveriesHref, isFiltered } from '@/lib/deliveries/filter';
import { countDeliveries, hasDeliveries, listDeliveries, MOST_COUNTED } from '@/lib/deliveries/queries';
import { DELIVERY_STATUSES, type DeliveryStatus } from '@/lib/deliveries/status';
import type { ProjectChoice } from '@/lib/projects/choices';
import { notificationUrls } from '@/lib/projects/notification-urls';
import { type Access, may } from '@/lib/staff/access';
import { DeliveryTable } from './delivery-table';
import { cappedCount } from './view-tabs';

export interface ResultsProps {
  readonly access: Access;
  readonly filter: DeliveryFilter;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
}

/** Chips with counts, the rows, and one of the two empty screens. */
export async function DeliveryResults({ access, filter, zone, now, projects }: ResultsProps): Promise<ReactElement> {
  const [page, counts, t] = await Promise.all([
    listDeliveries(access, filter),
    countDeliveries(access, filter),
    getTranslations('deliveries'),
  ]);
  if (page.rows.length === 0 && !isFiltered(filter) && !filter.after && !(await hasDeliveries(access))) {
    const manage = may(access, 'manageProjects');
    return (
      <NothingYet
        manage={manage}
        noProject={
          projects.length > 0
            ? { title: t('empty.noProjectTitle'), text: t(manage ? 'empty.noProject' : 'empty.noProjectStaff') }
            : undefined
        }
        test={may(access, 'sendTestPostback')}
        text={t('empty.yet')}
        title={t('empty.yetTitle')}
        urls={notificationUrls(
          projects.filter(({ provider }) => provider === 'novapay'),
          await headers(),
        )}
      />
    );
  }
  const hrefOf = (change: Partial<DeliveryFilter>): string => deliveriesHref(filter, zone, change);
  return (
    <>
      <StatusChips counts={counts} filter={filter} hrefOf={hrefOf} />
      <Card padded={false}>
        {page.rows.length > 0 ? (
          <DeliveryTable now={now} people={may(access, 'seePeople')} rows={page.rows} zone={zone} />
        ) : (
          <EmptyState
            actions={<LinkButton href="/deliveries">{t('empty.clear')}</LinkButton>}
            icon="search"
            title={t('empty.nothingTitle')}
          >
            {t('empty.nothing')}
          </EmptyState>
        )}
      </Card>
      <Pager
        newest={filter.after ? { href: hrefOf({}), label: t('list.newest') } : null}
        older={page.next ? { href: hrefOf({ after: page.next }), label: t('list.older') } : null}
      />
    </>
  );
}

interface StatusChipsProps {
  readonly filter: DeliveryFilter;
  /** Null where nobody counted. */
  readonly counts: ReadonlyMap<string, number> | null;
  readonly hrefOf: (change: Partial<DeliveryFilter>) => string;
}

async function StatusChips({ filter, counts, hrefOf }: StatusChipsProps): Promise<ReactElement> {
  const t = await getTranslations('invoices');
  const chosen = (status: DeliveryStatus): boolean => filter.status.includes(status);
  const shown = DELIVERY_STATUSES.filter((status) => !counts || counts.has(status) || chosen(status));
  const numbers = counts && [...counts.values()];
  const all = {
    key: 'all',
    href: hrefOf({ status: [] }),
    label: t('filter.all'),
    count: numbers?.every((count) => count <= MOST_COUNTED)
      ? numbers.reduce((sum, count) => sum + count, 0)
      : undefined,
    current: filter.status.length === 0,
  };
  const chips = shown.map((status) => ({
    key: status,
    href: hrefOf({
      status: chosen(status) ? filter.status.filter((word) => word !== status) : [...filter.status, status],
    }),
    label: t(`delivery.${status}`),
    count: counts ? cappedCount(counts.get(status) ?? 0) : undefined,
    current: chosen(status),
  }));
  return (
    <div className="mb-3 min-w-0 max-w-full">
      <Chips chips={[all, ...chips]} label={t('filter.status')} />
    </div>
  );
}
