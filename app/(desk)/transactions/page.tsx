import type { ReactElement } from 'react';
import { ListPage, type ListPageProps, listMetadata } from '@/app/(desk)/lists/list-page';
import { withHits } from '@/lib/search/condition';
import { requireStaff } from '@/lib/staff/session';
import { findInvoiceOf } from '@/lib/transactions/queries';
import { transactionList } from '@/lib/transactions/transaction-list';
import { TransactionPanel } from './transaction-panel';
import { TransactionResults } from './transaction-results';

export const generateMetadata = listMetadata('transactions');

export default async function TransactionsPage({ searchParams }: ListPageProps): Promise<ReactElement> {
  return (
    <ListPage
      access={await requireStaff()}
      exportView="transactions"
      list={transactionList}
      lookUp={withHits}
      panel={{
        content: TransactionPanel,
        pageOf: async (access, id) => {
          const invoiceId = await findInvoiceOf(access, id);
          return invoiceId && `/invoices/${invoiceId}`;
        },
      }}
      results={TransactionResults}
      searchParams={searchParams}
    />
  );
}
