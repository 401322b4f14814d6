import type { DeliveryStatus } from '@/lib/deliveries/status';
import type { CashOnDelivery, InvoiceStatus } from '@/lib/invoices/status';
import { add } from '@/lib/money';
import type { Decimal, Instant } from '@/lib/providers/provider';
import type { TimeSource, TransactionKind } from '@/lib/transactions/status';
import { believedWord } from './carrier';
import { cashOf } from './cash';
import { nest } from './nesting';
import { countedPayments, paymentAmount } from './payments';
import type { State, StatusClaim } from './state';
import { betterStatus } from './statuses';
import { toTransactions } from './transactions';
import { believed, believedStatuses } from './transfers';

/** The public rows of one invoice, computed whole from its state. */
export interface Rows {
  readonly invoice: InvoiceRow;
  readonly transactions: readonly TransactionRow[];
  readonly delivery: DeliveryRow | null;
}

export interface InvoiceRow {
  readonly orderId: string | null;
  readonly status: InvoiceStatus;
  readonly statusRaw: string;
  readonly amount: Decimal | null;
  readonly currency: string | null;
  readonly amountUsd: Decimal | null;
  readonly isTest: boolean;
  readonly testModeKnown: boolean;
  /** Null: no cash on delivery, or it was voided. */
  readonly cashOnDelivery: CashOnDelivery | null;
  readonly customerName: string | null;
  readonly createdAt: Instant;
  readonly paidAt: Instant | null;
  readonly timeSource: TimeSource | null;
}

export interface TransactionRow {
  readonly kind: TransactionKind;
  /** What tells it apart among the invoice's rows of this kind: the hashes or the external id, and the total of a refund. */
  readonly key: readonly [string, ...string[]];
  readonly amount: Decimal;
  readonly currency: string | null;
  readonly amountUsd: Decimal | null;
  readonly txHashes: readonly string[];
  readonly externalId: string | null;
  readonly occurredAt: Instant;
  readonly timeSource: TimeSource;
}

export interface DeliveryRow {
  readonly status: DeliveryStatus;
  readonly waybills: readonly string[];
  readonly failureReasons: readonly string[];
  readonly carrierCode: string | null;
  readonly carrierText: string | null;
  readonly recipientName: string | null;
}

const projected = new WeakMap<State, Rows>();

/** The rows of a state; a state never changes, so they are made once. */
export function project(state: State): Rows {
  const known = projected.get(state) ?? rowsOf(state);
  projected.set(state, known);
  return known;
}

function rowsOf(state: State): Rows {
  const transactions = toTransactions(state);
  const received = transactions.filter((row) => row.kind === 'payment' || row.kind === 'top_up');
  // Of two at one time that of the provider, where it can be true.
  const order = ({ occurredAt, timeSource }: TransactionRow): string => `${occurredAt} ${timeSource}`;
  const paid = received.reduce<TransactionRow | null>(
    (first, row) => (first && order(first) <= order(row) ? first : row),
    null,
  );
  const status = statusOf(state);
  const invoice: InvoiceRow = {
    orderId: orderOf(state),
    status: status.word,
    statusRaw: status.raw,
    amount: amountOf(state),
    currency: state.currency?.v ?? null,
    amountUsd: amountUsdOf(state),
    isTest: state.signer === 'test' || state.isTest === true,
    testModeKnown: state.signer === 'test' || state.isTest !== null,
    cashOnDelivery: status.word === 'voided' ? null : cashOf(state),
    customerName: state.people.client_name?.v ?? null,
    createdAt: state.createdAt?.v ?? state.firstReceivedAt,
    paidAt: paid?.occurredAt ?? null,
    timeSource: paid?.timeSource ?? null,
  };
  return { invoice, transactions, delivery: deliveryOf(state) };
}

/** The best status that counts, whichever message said it first. */
export function statusOf(state: State): StatusClaim {
  return believedStatuses(state.transfers).reduce(betterStatus, state.status);
}

/** The order an invoice is for: its own, or the one external id of its payments. */
function orderOf(state: State): string | null {
  const named = state.payments.map((payment) => payment.externalId).filter((id) => id !== '');
  if (named.length > 1) return null;
  return named[0] ?? state.orderId?.v ?? null;
}

function amountOf(state: State): Decimal | null {
  const parts =
    state.bookkeeping === 'transfers'
      ? nest(believed(state.transfers)).roots.map((transfer) => transfer.amount)
      : countedPayments(state.payments).map(paymentAmount);
  return total(parts) ?? state.quote?.amount?.v ?? null;
}

function amountUsdOf(state: State): Decimal | null {
  const counted = nest(believed(state.transfers)).roots;
  if (counted.length === 0) return state.quote?.amountUsd?.v ?? null;
  const known = counted.map((transfer) => transfer.amountUsd?.v ?? null);
  return known.includes(null) ? null : total(known);
}

function total(parts: readonly (Decimal | null)[]): Decimal | null {
  return parts.reduce<Decimal | null>(
    (sum, part) => (part === null ? sum : sum === null ? part : add(sum, part)),
    null,
  );
}

function deliveryOf(state: State): DeliveryRow | null {
  const { delivery } = state;
  if (!delivery) return null;
  const word = delivery.carrier && believedWord(delivery.carrier);
  return {
    status: word?.status ?? waybillStatus(delivery),
    waybills: delivery.waybills,
    failureReasons: delivery.failureReasons,
    carrierCode: word?.code ?? null,
    carrierText: word?.text ?? null,
    recipientName: state.people.recipient_name?.v ?? null,
  };
}

function waybillStatus(delivery: NonNullable<State['delivery']>): DeliveryStatus {
  if (delivery.waybills.length > 0) return 'waybill_created';
  return delivery.failureReasons.length > 0 ? 'waybill_failed' : 'none';
}
