import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ListResults } from '@/app/(desk)/lists/list-results';
import type { ViewOf } from '@/app/(desk)/lists/list-view';
import { ReceivedTotals } from '@/components/received-totals';
import { WordChips } from '@/components/word-chips';
import { countKinds, hasTransactions, listTransactions } from '@/lib/transactions/queries';
import { TRANSACTION_KINDS } from '@/lib/transactions/status';
import { sumTransactions } from '@/lib/transactions/totals';
import type { transactionList } from '@/lib/transactions/transaction-list';
import { useTransactionColumns } from './columns';

export async function TransactionResults(view: ViewOf<typeof transactionList>): Promise<ReactElement> {
  const { access, filter, hrefOf } = view;
  const [page, counts, ofPeriod, t] = await Promise.all([
    listTransactions(access, filter),
    countKinds(access, filter),
    sumTransactions(access, filter),
    getTranslations(),
  ]);
  // A list that is one page long is added up, whatever it is a list of.
  const isOnePage = !page.next && !filter.after;
  const ofPage = ofPeriod === null && isOnePage ? page.rows.map(({ id }) => id) : null;
  return (
    <ListResults
      chips={
        <WordChips
          chosen={filter.kind}
          counts={counts}
          hrefOf={(kind) => hrefOf({ kind })}
          label={t('transactions.kind')}
          wordOf={(kind) => t(`invoices.kind.${kind}`)}
          words={TRANSACTION_KINDS}
        />
      }
      isFirstUse={async () => !(await hasTransactions(access))}
      page={page}
      totals={<ReceivedTotals totals={ofPage ? await sumTransactions(access, filter, ofPage) : ofPeriod} />}
      useColumns={useTransactionColumns}
      view={view}
    />
  );
}
