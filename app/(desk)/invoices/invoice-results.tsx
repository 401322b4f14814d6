import { headers } from 'next/headers';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ListBar } from '@/components/list-bar';
import { ListTable } from '@/components/list-table';
import { NothingYet } from '@/components/nothing-yet';
import { Pager } from '@/components/pager';
import { ReceivedTotals } from '@/components/received-totals';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { WordChips } from '@/components/word-chips';
import type { Page } from '@/lib/cursor';
import { countStatuses } from '@/lib/invoices/counts';
import { type InvoiceFilter, isFiltered } from '@/lib/invoices/filter';
import { hasInvoices, type InvoiceRow, listInvoices } from '@/lib/invoices/queries';
import { INVOICE_STATUSES } from '@/lib/invoices/status';
import { sumReceived } from '@/lib/invoices/totals';
import { type Layout, withPanel } from '@/lib/list-layout';
import type { ProjectChoice } from '@/lib/projects/choices';
import { notificationUrls } from '@/lib/projects/notification-urls';
import { isByAmount } from '@/lib/sort';
import { type Access, may } from '@/lib/staff/access';
import type { Total } from '@/lib/transactions/totals';
import { useInvoiceColumns } from './columns';

interface InvoiceResultsProps {
  readonly access: Access;
  readonly filter: InvoiceFilter;
  readonly layout: Layout;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
  readonly panel: string | null;
  /** The address of this list with something else chosen. */
  readonly hrefOf: (change: Partial<InvoiceFilter>) => string;
}

/** Chips with counts, the rows, and one of the two empty screens. */
export async function InvoiceResults(props: InvoiceResultsProps): Promise<ReactElement> {
  const { access, filter, projects, hrefOf } = props;
  const [page, counts, ofPeriod, t, words] = await Promise.all([
    listInvoices(access, filter),
    countStatuses(access, filter),
    sumReceived(access, filter),
    getTranslations('invoices'),
    getTranslations('lists'),
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
  return (
    <>
      <ListBar
        chips={
          <WordChips
            chosen={filter.status}
            counts={counts}
            hrefOf={(status) => hrefOf({ status })}
            label={t('filter.status')}
            wordOf={(status) => t(`status.${status}`)}
            words={[...INVOICE_STATUSES].reverse()}
          />
        }
        totals={<ReceivedTotals totals={ofPeriod ?? (await sumOfPage(access, filter, page))} />}
      />
      <Card padded={false}>{page.rows.length > 0 ? <Rows {...props} page={page} /> : <NothingFound />}</Card>
      <Pager
        newest={filter.after ? { href: hrefOf({}), label: words('first') } : null}
        older={page.next ? { href: hrefOf({ after: page.next }), label: words('next') } : null}
      />
    </>
  );
}

/** A list that is one page long is added up, whatever it is a list of. */
async function sumOfPage(
  access: Access,
  filter: InvoiceFilter,
  { rows, next }: Page<InvoiceRow>,
): Promise<readonly Total[] | null> {
  if (next || filter.after) return null;
  return sumReceived(
    access,
    filter,
    rows.map(({ id }) => id),
  );
}

function Rows(props: InvoiceResultsProps & { readonly page: Page<InvoiceRow> }): ReactElement {
  const { access, filter, layout, now, panel, hrefOf, page } = props;
  const t = useTranslations('invoices.list');
  const here = hrefOf({ after: filter.after });
  const columns = useInvoiceColumns({
    clock: { now, zone: filter.tz },
    layout,
    panelOf: (id) => withPanel(here, id),
    timeOf: (row) => (isByAmount(filter.sort) ? row.createdAt : row.at),
  });
  return (
    <ListTable
      columns={may(access, 'seePeople') ? columns : columns.filter(({ name }) => name !== 'customer')}
      label={t('label')}
      layout={layout}
      narrow="max-md:grid max-md:grid-cols-[minmax(6rem,1fr)_minmax(0,max-content)] max-md:gap-y-1 max-md:border-line-soft max-md:border-b max-md:py-2.5 max-md:last:border-b-0"
      open={panel}
      rows={page.rows}
    />
  );
}

function NothingFound(): ReactElement {
  const t = useTranslations('invoices.empty');
  return (
    <EmptyState
      actions={<LinkButton href="/invoices">{t('clear')}</LinkButton>}
      icon="search"
      title={t('nothingTitle')}
    >
      {t('nothing')}
    </EmptyState>
  );
}
