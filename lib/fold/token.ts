import type { Event } from '@/lib/providers/provider';
import { sameNumber, sameValue } from './values';

/**
 * The first field in which a body says something else than the one before it under the same token, or something that
 * one did not say; null where neither. A token is made for one attempt and covers only the invoice's id, so what would
 * change an invoice under a used token is somebody's alteration.
 */
export function alteredField(first: Event, second: Event): string | null {
  const before = said(first);
  const after = Object.entries(said(second));
  const altered = after.find(([field, value]) => !isSame(field, before[field], value));
  const added = after.find(([field]) => before[field] === undefined);
  return (altered ?? added)?.[0] ?? null;
}

/** Facts are kept as sent, in whatever spelling: `1e-3` is what `0.001` is, and `1e309` is no money at all. */
function isSame(field: string, before: string | undefined, value: string): boolean {
  return before === undefined || sameValue(field, before, value) || sameNumber(before, value);
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
    ...event.people,
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
