import { evidenceRank } from '@/lib/invoices/status';
import { compare } from '@/lib/money';
import type { Decimal, Event } from '@/lib/providers/provider';
import type { TransactionRow } from './rows';
import type { Receipt } from './state';

/** What the money of a history amounts to; each family of providers counts it its own way. */
export interface Money {
  readonly orderId: string | null;
  readonly amount: Decimal | null;
  readonly amountUsd: Decimal | null;
  readonly currency: string | null;
  readonly transactions: readonly Omit<TransactionRow, 'key'>[];
  /** The messages whose status counts. */
  readonly credible: readonly Receipt[];
}

/** The value told by the best believed message; among equally believed ones the first received. */
export function told<T>(taken: readonly Receipt[], value: (event: Event) => T | null | undefined): T | null {
  let best: { readonly rank: number; readonly value: T } | null = null;
  for (const { event } of taken) {
    const said = value(event) ?? null;
    const rank = evidenceRank(event.status.word) + event.status.step / 100;
    if (said !== null && (best === null || rank > best.rank)) best = { rank, value: said };
  }
  return best?.value ?? null;
}

/** `told` for amounts, with the digits of whoever wrote most of them. */
export function toldAmount(
  taken: readonly Receipt[],
  value: (event: Event) => Decimal | null | undefined,
): Decimal | null {
  const best = told(taken, value);
  if (best === null) return null;
  const equal = taken
    .map(({ event }) => value(event) ?? null)
    .filter((said) => said !== null && compare(said, best) === 0);
  return equal.reduce<Decimal>(
    (longest, said) => (said !== null && said.length > longest.length ? said : longest),
    best,
  );
}

/** The earliest receipt among these messages. */
export function earliest(receipts: readonly Receipt[]): string {
  const [first = ''] = receipts.map((receipt) => receipt.receivedAt).sort();
  return first;
}
