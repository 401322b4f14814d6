import type { ListView } from './list-layout';

/** The columns of each list. `fixed` is the one that opens the row and is always there. */
export interface ColumnSet {
  readonly view: ListView;
  /** Every column there is, in the order in which they stand. */
  readonly all: readonly string[];
  readonly usual: readonly string[];
  readonly fixed: string;
}

export const COLUMN_SETS = {
  invoices: {
    view: 'invoices',
    all: ['time', 'order', 'invoice', 'customer', 'project', 'provider', 'status', 'word', 'paid', 'usd', 'amount'],
    usual: ['time', 'order', 'invoice', 'customer', 'project', 'status', 'amount'],
    fixed: 'order',
  },
  transactions: {
    view: 'transactions',
    all: ['time', 'kind', 'proof', 'invoice', 'order', 'project', 'provider', 'status', 'usd', 'amount'],
    usual: ['time', 'kind', 'proof', 'invoice', 'order', 'project', 'amount'],
    fixed: 'kind',
  },
  postbacks: {
    view: 'postbacks',
    all: [
      'time',
      'outcome',
      'reason',
      'order',
      'invoice',
      'project',
      'provider',
      'verified',
      'size',
      'answer',
      'word',
      'amount',
    ],
    usual: ['time', 'outcome', 'reason', 'order', 'invoice', 'project', 'word', 'amount'],
    fixed: 'time',
  },
} as const satisfies Record<ListView, ColumnSet>;

/** Those of a list that somebody wanted, in the order in which they stand. */
export function columnsOf({ all, fixed }: ColumnSet, wanted: readonly string[]): readonly string[] {
  return all.filter((name) => name === fixed || wanted.includes(name));
}

export function isUsual(set: ColumnSet, columns: readonly string[]): boolean {
  return columnsOf(set, columns).join() === columnsOf(set, set.usual).join();
}
