import { isPositive, negate, subtract } from '@/lib/money';
import type { Decimal } from '@/lib/providers/provider';
import { nest } from './nesting';
import { earliest, paidPayments, sessionVoidedSince } from './payments';
import type { TransactionRow } from './rows';
import type { Payment, State, Transfer } from './state';
import { believed, remainder } from './transfers';

/** Every movement of money that is believed, oldest first; rows of one time by their key. */
export function movements(state: State): readonly TransactionRow[] {
  const rows = state.bookkeeping === 'transfers' ? transferRows(state) : sessionRows(state);
  const order = (row: TransactionRow): string => `${row.occurredAt} ${row.kind} ${row.key}`;
  return [...rows].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function sessionRows(state: State): readonly TransactionRow[] {
  const paid = paidPayments(state.payments);
  const voidedAt = sessionVoidedSince(state.payments, paid, state.voidedAt);
  return paid.flatMap((payment) => paymentRows(payment, state, voidedAt));
}

function transferRows(state: State): readonly TransactionRow[] {
  const counted = believed(state.transfers);
  const { parts } = nest(counted);
  return counted.flatMap((transfer) => transferRow(transfer, parts.get(transfer) ?? [], state.currency?.v ?? null));
}

/** A set of hashes holds a movement of its own where its total is more than that of the sets inside it. */
function transferRow(
  transfer: Transfer,
  parts: readonly Transfer[],
  currency: string | null,
): readonly TransactionRow[] {
  const amount = remainder(transfer, parts);
  if (!isPositive(amount)) return [];
  const inside = new Set(parts.flatMap((part) => part.hashes));
  return [
    {
      kind: parts.length > 0 ? 'top_up' : 'payment',
      key: transfer.hashes.join(' '),
      amount,
      currency,
      amountUsd: difference(transfer, parts),
      txHashes: transfer.hashes.filter((hash) => !inside.has(hash)),
      externalId: null,
      occurredAt: transfer.occurredAt?.v ?? transfer.receivedAt,
      timeSource: transfer.occurredAt ? 'provider' : 'receipt',
    },
  ];
}

/** The set's value in dollars beyond its parts; null where one of them is unknown. */
function difference(transfer: Transfer, parts: readonly Transfer[]): Decimal | null {
  let rest = transfer.amountUsd?.v ?? null;
  for (const part of parts) {
    const known = part.amountUsd?.v ?? null;
    rest = rest === null || known === null ? null : subtract(rest, known);
  }
  return rest;
}

/**
 * NovaPay: money is what was paid. Cash on delivery is expected until the courier has it, and no longer once voided;
 * a void takes back what was paid, and nothing where only a hold was known.
 */
function paymentRows(payment: Payment, state: State, sessionVoidedAt: string | null): readonly TransactionRow[] {
  const paid = payment.stages.paid;
  if (!paid || paid.amount === null) return [];
  const voidedAt = earliest(sessionVoidedAt, payment.stages.voided?.receivedAt);
  const cash = state.facts.method?.v === 'cash_on_delivery';
  if (cash && voidedAt) return [];
  const row: TransactionRow = {
    kind: cash ? 'expected' : 'payment',
    key: payment.externalId,
    amount: paid.amount,
    currency: state.currency?.v ?? null,
    amountUsd: null,
    txHashes: [],
    externalId: payment.externalId || null,
    occurredAt: paid.receivedAt,
    timeSource: 'receipt',
  };
  return voidedAt ? [row, { ...row, kind: 'refund', amount: negate(paid.amount), occurredAt: voidedAt }] : [row];
}
