import { add } from '@/lib/money';
import type { TransactionRow } from '@/lib/transactions/queries';

export interface MovementTotal {
  /** Cash on delivery that has not been paid out is a total of its own. */
  readonly expected: boolean;
  readonly currency: string | null;
  readonly amount: string;
}

type Movement = Pick<TransactionRow, 'kind' | 'amount' | 'currency'>;

/** What all movements make together, a line for each currency. */
export function movementTotals(movements: readonly Movement[]): readonly MovementTotal[] {
  const totals = new Map<string, MovementTotal>();
  for (const { kind, currency, amount } of movements) {
    const expected = kind === 'expected';
    const key = `${expected} ${currency ?? ''}`;
    totals.set(key, { expected, currency, amount: add(totals.get(key)?.amount ?? '0', amount) });
  }
  return [...totals.values()];
}
