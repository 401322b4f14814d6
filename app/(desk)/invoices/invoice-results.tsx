import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { type ColumnContext, ListResults } from '@/app/(desk)/lists/list-results';
import type { ViewOf } from '@/app/(desk)/lists/list-view';
import type { Column } from '@/components/list-table';
import { ReceivedTotals } from '@/components/received-totals';
import { WordChips } from '@/components/word-chips';
import { countStatuses } from '@/lib/invoices/counts';
import type { invoiceList } from '@/lib/invoices/invoice-list';
import { hasInvoices, type InvoiceRow, listInvoices } from '@/lib/invoices/queries';
import { INVOICE_STATUSES } from '@/lib/invoices/status';
import { sumReceived } from '@/lib/invoices/totals';
import { isByAmount } from '@/lib/sort';
import { useInvoiceColumns } from './columns';

export async function InvoiceResults(view: ViewOf<typeof invoiceList>): Promise<ReactElement> {
  const { access, filter, hrefOf } = view;
  const [page, counts, ofPeriod, t] = await Promise.all([
    listInvoices(access, filter),
    countStatuses(access, filter),
    sumReceived(access, filter),
    getTranslations('invoices'),
  ]);
  // A list that is one page long is added up, whatever it is a list of.
  const isOnePage = !page.next && !filter.after;
  const ofPage = ofPeriod === null && isOnePage ? page.rows.map(({ id }) => id) : null;
  return (
    <ListResults
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
      isFirstUse={async () => !(await hasInvoices(access))}
      page={page}
      totals={<ReceivedTotals totals={ofPage ? await sumReceived(access, filter, ofPage) : ofPeriod} />}
      useColumns={isByAmount(filter.sort) ? useColumnsByAmount : useColumnsByTime}
      view={view}
    />
  );
}

function useColumnsByTime(context: ColumnContext): readonly Column<InvoiceRow>[] {
  return useInvoiceColumns({ ...context, timeOf: (row) => row.at });
}

function useColumnsByAmount(context: ColumnContext): readonly Column<InvoiceRow>[] {
  return useInvoiceColumns({ ...context, timeOf: (row) => row.createdAt });
}
