import { defineList, type FilterOf } from '@/lib/lists/define-list';
import { amountFilter, testFilter, wordsFilter } from '@/lib/lists/filter-kinds';
import { SORTS } from '@/lib/sort';
import { TRANSACTION_KINDS } from './status';

export const transactionList = defineList({
  name: 'transactions',
  path: '/transactions',
  filters: {
    kind: wordsFilter(TRANSACTION_KINDS),
    min: amountFilter,
    max: amountFilter,
    test: testFilter,
  },
  sorts: SORTS,
  columns: {
    all: ['time', 'kind', 'proof', 'invoice', 'order', 'project', 'provider', 'status', 'usd', 'amount'],
    usual: ['time', 'kind', 'proof', 'invoice', 'order', 'project', 'amount'],
    fixed: 'kind',
  },
});

/** The transactions that a list, its counts, its totals and its file are about; `q` is looked for in their invoices. */
export type TransactionFilter = FilterOf<typeof transactionList>;
