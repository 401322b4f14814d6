import { compare, parseDecimal } from '@/lib/money';
import type { Event } from '@/lib/providers/provider';

/**
 * The first field in which two bodies under one token differ, or null. A token is made for one attempt, and covers
 * only the invoice's id: the same token with other content is somebody's alteration.
 */
export function differingField(first: Event, second: Event): string | null {
  const before = said(first);
  const after = said(second);
  for (const [field, value] of Object.entries(after)) {
    const other = before[field];
    if (other !== undefined && !equal(other, value)) return field;
  }
  return null;
}

/** Facts are kept as sent, in whatever spelling: `1e-3` is what `0.001` is, and `1e309` is no money at all. */
function equal(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  return left !== null && right !== null && compare(left, right) === 0;
}

/** Every field that a body has, by our names; what it does not say is not there. */
function said(event: Event): Readonly<Record<string, string>> {
  const payment = event.payments[0];
  const fields: Record<string, string | null | undefined> = {
    order_id: event.orderId,
    test_mode: event.isTest === null ? null : String(event.isTest),
    created: event.createdAt,
    status: event.status.basis === 'invoice' ? event.status.raw : null,
    amount_crypto: payment?.amount,
    amount_usd: payment?.amountUsd,
    currency: payment?.currency,
    date_finished: payment?.occurredAt,
    tx_list: payment?.hashes.length ? payment.hashes.join(' ') : null,
    ...event.facts,
    ...payment?.amounts,
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
