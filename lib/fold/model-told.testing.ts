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

/** Whether two texts are one id: hexadecimal digits whatever stands before them and in either case, UUIDs in either case. */
export function sameId(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [a, b].map((text) => text.toLowerCase());
  if (left === undefined || right === undefined) return false;
  const isUuid = (text: string): boolean => text.length === 36 && text.split('-').length === 5;
  return isUuid(left) && left === right;
}

export function sameHash(a: string, b: string): boolean {
  if (a === b) return true;
  const digits = (text: string): string => text.toLowerCase().replace(/^0x/, '');
  const isHex = (text: string): boolean => [...digits(text)].every((digit) => '0123456789abcdef'.includes(digit));
  return isHex(a) && isHex(b) && digits(a) === digits(b);
}

/** The same messages, each with the order in the spelling of whoever named it first. */
export function withFirstOrder(receipts: readonly Receipt[]): readonly Receipt[] {
  const spellings: string[] = [];
  return receipts.map((receipt) => {
    const { orderId } = receipt.event;
    if (orderId === null) return receipt;
    const first = spellings.find((known) => sameId(known, orderId));
    if (first === undefined) spellings.push(orderId);
    return { ...receipt, event: { ...receipt.event, orderId: first ?? orderId } };
  });
}
