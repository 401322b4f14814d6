import { shortest } from '@/lib/money';
import type { Belief } from './model.testing';
import { project, type Rows } from './rows';
import { stable } from './stable';
import type { State } from './state';

/** Rows as staff sees them: without the key that only tells them apart, in one order. */
export function plain({ invoice, transactions, delivery }: Rows | Belief): unknown {
  const rows = transactions.map((row) => {
    const { key: _, ...shown } = { key: '', ...row };
    // The scale of a difference is that of the numbers it was made of.
    const isDifference = row.kind === 'refund' || row.kind === 'expected';
    return isDifference ? { ...shown, amount: shortest(row.amount) } : shown;
  });
  return { invoice, delivery, transactions: rows.sort((a, b) => (stable(a) < stable(b) ? -1 : 1)) };
}

/** Rows without the times that were taken from a receipt, and whatever spelling of an id came first. */
export function untimed(rows: Rows): unknown {
  const paidAt = rows.invoice.timeSource === 'receipt' ? null : rows.invoice.paidAt;
  const transactions = rows.transactions.map((row) =>
    row.timeSource === 'receipt' ? { ...row, occurredAt: '' } : row,
  );
  return plain(oneSpelling({ ...rows, invoice: { ...rows.invoice, paidAt, createdAt: '' }, transactions }));
}

function oneSpelling<T>(value: T): T {
  const text = JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? spelling(inner) : inner));
  return JSON.parse(text);
}

function spelling(text: string): string {
  // Whether a time lay ahead of its receipt depends on the receipt.
  if (text === 'provider_ahead') return 'provider';
  if (/^[0-9a-f]{8}-/i.test(text)) return text.toLowerCase();
  return /^(0x)?[0-9a-f]\d$/i.test(text) ? text.toLowerCase().replace('0x', '') : text;
}

/** What depends on the order of receipt alone. */
export const RECEIPTS: readonly string[] = ['receivedAt', 'firstReceivedAt', 'ahead', 'attention', 'first'];

/** Everything in which two orders may not differ. */
export function withoutReceipts(state: State): string {
  const voided = state.voidedAt === null ? null : 'some time';
  const hashed = state.transfers.filter((transfer) => transfer.hashes.length > 0);
  // The form twin of a message with hashes is kept where it came first and says nothing where it came later.
  const transfers = hashed.length > 0 ? hashed : state.transfers;
  return stable(
    { rows: untimed(project(state)), ...oneSpelling(state), transfers: oneSpelling(transfers), voidedAt: voided },
    RECEIPTS,
  );
}
