import { add } from '@/lib/money';
import type { TransactionRow } from '@/lib/transactions/queries';

export interface TransactionTotal {
  /** Cash on delivery that has not been paid out is a total of its own. */
  readonly expected: boolean;
  readonly currency: string | null;
  readonly amount: string;
}

type Transaction = Pick<TransactionRow, 'kind' | 'amount' | 'currency'>;

/** What all transactions make together, a line for each currency. */
export function transactionTotals(transactions: readonly Transaction[]): readonly TransactionTotal[] {
  const totals = new Map<string, TransactionTotal>();
  for (const { kind, currency, amount } of transactions) {
    const expected = kind === 'expected';
    const key = `${expected} ${currency ?? ''}`;
    totals.set(key, { expected, currency, amount: add(totals.get(key)?.amount ?? '0', amount) });
  }
  return [...totals.values()];
}
