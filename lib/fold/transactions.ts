import { isPositive, subtract } from '@/lib/money';
import type { Decimal } from '@/lib/providers/provider';
import type { TimeSource } from '@/lib/transactions/status';
import { cashOf, cashReceipt } from './cash';
import { nest } from './nesting';
import { earliest, paidPayments, sessionVoidedSince } from './payments';
import { type RefundedPayment, type RefundRow, refundRows, remainders } from './refunds';
import type { TransactionRow } from './rows';
import type { Payment, Refund, State, Transfer } from './state';
import { believed, remainder } from './transfers';

/** Every transaction of money that is believed, oldest first; rows of one time by their key. */
export function toTransactions(state: State): readonly TransactionRow[] {
  const rows = state.bookkeeping === 'transfers' ? transferRows(state) : sessionRows(state);
  const order = (row: TransactionRow): string => `${row.occurredAt} ${row.kind} ${row.key.join(' ')}`;
  return [...rows].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** NovaPay: money is what was paid, less what was given back; cash on delivery is expected until it is paid out. */
function sessionRows(state: State): readonly TransactionRow[] {
  const counted = paidPayments(state.payments);
  const sessionVoidedAt = sessionVoidedSince(state.payments, counted, state.voidedAt);
  const paid = counted.flatMap((payment): readonly RefundedPayment[] => {
    const amount = payment.stages.paid?.amount;
    const voidedAt = earliest(sessionVoidedAt, payment.stages.voided?.receivedAt);
    return amount ? [{ payment, paid: amount, voidedAt }] : [];
  });
  const ofSession = [...state.refunds, ...refundsOfTwin(state.payments, paid)];
  const cash = cashOf(state);
  if (cash === null || cash === 'received') {
    const received = cashReceipt(state);
    const payments = paid.map(({ payment, paid: amount }) => ({
      ...rowOf(payment, state, amount),
      occurredAt: received?.at ?? payment.stages.paid?.receivedAt ?? state.firstReceivedAt,
      timeSource: received?.source ?? ('receipt' as const),
    }));
    return [...payments, ...refundRows(paid, ofSession).map((refund) => refundRow(refund, state, received))];
  }
  if (cash === 'refused') return [];
  // Nothing is expected of what was voided, and less where a part was given back.
  return remainders(paid, ofSession)
    .filter(({ amount }) => isPositive(amount))
    .map(({ payment, amount }) => ({ ...rowOf(payment, state, amount), kind: 'expected' }));
}

/** A payment without an id that only repeats those with one speaks for them together. */
function refundsOfTwin(payments: readonly Payment[], paid: readonly RefundedPayment[]): readonly Refund[] {
  const unnamed = payments.find((payment) => payment.externalId === '');
  return unnamed && !paid.some(({ payment }) => payment === unnamed) ? unnamed.refunds : [];
}

function rowOf(payment: Payment | null, state: State, amount: Decimal): TransactionRow {
  return {
    kind: 'payment',
    key: [payment?.externalId ?? ''],
    amount,
    currency: state.currency?.v ?? null,
    amountUsd: null,
    txHashes: [],
    externalId: payment?.externalId || null,
    occurredAt: payment?.stages.paid?.receivedAt ?? state.firstReceivedAt,
    timeSource: 'receipt',
  };
}

/** Cash is given back no earlier than it came in, or a refund would stand in a month without its payment. */
function refundRow(
  { payment, key, amount, at }: RefundRow,
  state: State,
  received: ReturnType<typeof cashReceipt>,
): TransactionRow {
  const row: TransactionRow = { ...rowOf(payment, state, amount), kind: 'refund', key, occurredAt: at };
  return received && received.at > at ? { ...row, occurredAt: received.at, timeSource: received.source } : row;
}

function transferRows(state: State): readonly TransactionRow[] {
  const counted = believed(state.transfers);
  const { parts } = nest(counted);
  return counted.flatMap((transfer) => transferRow(transfer, parts.get(transfer) ?? [], state.currency?.v ?? null));
}

/** A set of hashes holds a transaction of its own where its total is more than that of the sets inside it. */
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
      key: [transfer.hashes.join(' ')],
      amount,
      currency,
      amountUsd: difference(transfer, parts),
      txHashes: transfer.hashes.filter((hash) => !inside.has(hash)),
      externalId: null,
      occurredAt: transfer.occurredAt?.v ?? transfer.receivedAt,
      timeSource: timeSourceOf(transfer),
    },
  ];
}

function timeSourceOf({ occurredAt, ahead }: Transfer): TimeSource {
  if (!occurredAt) return 'receipt';
  return ahead?.includes(occurredAt.v) ? 'provider_ahead' : 'provider';
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
