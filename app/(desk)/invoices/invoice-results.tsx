import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Chips } from '@/components/chips';
import { NothingYet } from '@/components/nothing-yet';
import { Pager } from '@/components/pager';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Money } from '@/components/ui/money';
import { type InvoiceFilter, invoicesHref, isFiltered } from '@/lib/invoices/filter';
import { countStatuses, hasInvoices, listInvoices, sumReceived, type Total } from '@/lib/invoices/queries';
import { INVOICE_STATUSES, type InvoiceStatus } from '@/lib/invoices/status';
import type { ProjectChoice } from '@/lib/projects/choices';
import { notificationUrls } from '@/lib/projects/notification-urls';
import { type Access, may } from '@/lib/staff/access';
import { InvoiceTable } from './invoice-table';

interface InvoiceResultsProps {
  readonly access: Access;
  readonly filter: InvoiceFilter;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
}

/** Chips with counts, the rows, and one of the two empty screens. */
export async function InvoiceResults({
  access,
  filter,
  zone,
  now,
  projects,
}: InvoiceResultsProps): Promise<ReactElement> {
  const [page, counts, totals, t] = await Promise.all([
    listInvoices(access, filter),
    countStatuses(access, filter),
    sumReceived(access, filter),
    getTranslations('invoices'),
  ]);
  if (page.rows.length === 0 && !isFiltered(filter) && !filter.after && !(await hasInvoices(access))) {
    return (
      <NothingYet
        manage={may(access, 'manageProjects')}
        test={may(access, 'sendTestPostback')}
        text={t('empty.yet')}
        title={t('empty.yetTitle')}
        urls={notificationUrls(projects, await headers())}
      />
    );
  }
  const hrefOf = (change: Partial<InvoiceFilter>): string => invoicesHref(filter, zone, change);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <StatusChips counts={counts} filter={filter} hrefOf={hrefOf} />
        <Totals label={t('list.receivedLabel')} note={t('list.receivedNote')} totals={totals} />
      </div>
      <Card padded={false}>
        {page.rows.length > 0 ? (
          <InvoiceTable now={now} people={may(access, 'seePeople')} rows={page.rows} zone={zone} />
        ) : (
          <EmptyState
            actions={
              <LinkButton href="/invoices" prefetch={false}>
                {t('empty.clear')}
              </LinkButton>
            }
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
  readonly filter: InvoiceFilter;
  readonly counts: ReadonlyMap<string, number> | null;
  readonly hrefOf: (change: Partial<InvoiceFilter>) => string;
}

async function StatusChips({ filter, counts, hrefOf }: StatusChipsProps): Promise<ReactElement> {
  const t = await getTranslations('invoices');
  const chosen = (status: InvoiceStatus): boolean => filter.status.includes(status);
  const shown = INVOICE_STATUSES.filter((status) => !counts || counts.has(status) || chosen(status)).reverse();
  const total = counts && [...counts.values()].reduce((sum, count) => sum + count, 0);
  const all = {
    key: 'all',
    href: hrefOf({ status: [] }),
    label: t('filter.all'),
    count: total ?? undefined,
    current: filter.status.length === 0,
  };
  const chips = shown.map((status) => ({
    key: status,
    href: hrefOf({
      status: chosen(status) ? filter.status.filter((word) => word !== status) : [...filter.status, status],
    }),
    label: t(`status.${status}`),
    count: counts ? (counts.get(status) ?? 0) : undefined,
    current: chosen(status),
  }));
  return (
    <div className="min-w-0 max-w-full">
      <Chips chips={[all, ...chips]} label={t('filter.status')} />
    </div>
  );
}

/** A line per currency: two never stand in one sum. */
function Totals(props: { label: string; note: string; totals: readonly Total[] }): ReactElement | null {
  if (props.totals.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3 text-sm" title={props.note}>
      <span className="text-muted">{props.label}</span>
      {props.totals.map(({ currency, amount }) => (
        <Money
          amount={amount}
          className="whitespace-normal! font-medium [overflow-wrap:anywhere] [&>span]:inline-block"
          currency={currency}
          key={currency ?? ''}
        />
      ))}
    </p>
  );
}
