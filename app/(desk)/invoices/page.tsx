import type { ReactElement } from 'react';
import { ListPage, type ListPageProps, listMetadata } from '@/app/(desk)/lists/list-page';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { withHits } from '@/lib/search/condition';
import { requireStaff } from '@/lib/staff/session';
import { InvoicePanel } from './invoice-panel';
import { InvoiceResults } from './invoice-results';

export const generateMetadata = listMetadata('invoices');

export default async function InvoicesPage({ searchParams }: ListPageProps): Promise<ReactElement> {
  return (
    <ListPage
      access={await requireStaff()}
      exportView="invoice_list"
      list={invoiceList}
      lookUp={withHits}
      panel={{ content: InvoicePanel, pageOf: (_access, id) => `/invoices/${id}` }}
      results={InvoiceResults}
      searchParams={searchParams}
    />
  );
}
