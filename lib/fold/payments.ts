import { idKey } from '@/lib/identifiers';
import type { InvoiceStatus } from '@/lib/invoices/status';
import { add, compare } from '@/lib/money';
import type { Decimal, PaymentClaim } from '@/lib/providers/provider';
import { mergeRefund } from './refunds';
import { earlier, keep, keepAll, preciser } from './registers';
import type { ContradictionReason, Payment, Stage } from './state';
import { sameItems } from './values';

/** Card payments of one session, told apart by the merchant's own id, each with what every stage said of it. */

export interface PaymentsMerge {
  readonly payments: readonly Payment[];
  /** The message names another amount for a known payment and must not be taken at all. */
  readonly contradiction: ContradictionReason | null;
  readonly conflict: string | null;
}

interface PaymentMerge {
  /** Null: it contradicts. */
  readonly payment: Payment | null;
  readonly conflict: string | null;
}

/**
 * The payments of one message, one for each external id. In one list those without an id are different payments that
 * nothing tells apart later, so they stand as their sum; of one id the first stays. Different amounts are flagged.
 */
export function onePerId(claims: readonly PaymentClaim[]): {
  readonly claims: readonly PaymentClaim[];
  readonly contradiction: ContradictionReason | null;
} {
  const kept = new Map<string, PaymentClaim>();
  const firsts = new Map<string, PaymentClaim>();
  let differs = false;
  for (const claim of claims) {
    const id = idKey(claim.externalId ?? '');
    const first = firsts.get(id) ?? claim;
    firsts.set(id, first);
    differs ||= Boolean(first.amount && claim.amount && compare(first.amount, claim.amount) !== 0);
    const known = kept.get(id);
    if (!known) kept.set(id, claim);
    else if (id === '') kept.set(id, together(known, claim));
  }
  return { claims: [...kept.values()], contradiction: differs ? 'other_amount' : null };
}

function together(a: PaymentClaim, b: PaymentClaim): PaymentClaim {
  const amount = a.amount && b.amount ? add(a.amount, b.amount) : (a.amount ?? b.amount);
  const refunded = a.refunded && b.refunded ? add(a.refunded, b.refunded) : (a.refunded ?? b.refunded);
  return { ...a, amount, items: [...a.items, ...b.items], ...(refunded ? { refunded } : {}) };
}

/** Takes in the payments of a message of this status, one for each id. A body holds thousands, so each is looked up once. */
export function mergePayments(
  payments: readonly Payment[],
  claims: readonly PaymentClaim[],
  status: InvoiceStatus,
  rank: number,
  receivedAt: string,
): PaymentsMerge {
  const merged = new Map(payments.map((payment) => [idKey(payment.externalId), payment]));
  let conflict: string | null = null;
  for (const claim of claims) {
    const externalId = claim.externalId ?? '';
    const known = merged.get(idKey(externalId)) ?? { externalId, stages: {}, items: null, details: {}, refunds: [] };
    const done = mergePayment(known, claim, status, rank, receivedAt);
    if (!done.payment) return { payments, contradiction: 'other_amount', conflict: null };
    merged.set(idKey(externalId), done.payment);
    conflict ??= done.conflict;
  }
  const sorted = [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, payment]) => payment);
  return { payments: sorted, contradiction: null, conflict };
}

/** Takes in one payment; another amount at the same stage contradicts. */
function mergePayment(
  known: Payment,
  claim: PaymentClaim,
  status: InvoiceStatus,
  rank: number,
  receivedAt: string,
): PaymentMerge {
  const stage = known.stages[status];
  if (stage && stage.amount !== null && claim.amount !== null && compare(stage.amount, claim.amount) !== 0) {
    return { payment: null, conflict: null };
  }
  const said = claim.items.length > 0 ? claim.items : null;
  const conflict = said && known.items && known.items.r === rank && !sameItems(known.items.v, said);
  const details = keepAll(known.details, claim.details ?? {}, rank);
  const payment: Payment = {
    externalId: known.externalId,
    stages: { ...known.stages, [status]: mergeStage(stage, claim.amount, receivedAt) },
    items: keep(known.items, said, rank),
    details: details.registers,
    refunds: mergeRefund(known.refunds, claim.refunded, receivedAt),
  };
  return { payment, conflict: conflict ? 'products' : details.conflict };
}

function mergeStage(stage: Stage | undefined, amount: Decimal | null, receivedAt: string): Stage {
  const kept = stage?.amount && amount ? preciser(stage.amount, amount) : (stage?.amount ?? amount);
  return { amount: kept, receivedAt: earlier(stage?.receivedAt, receivedAt) };
}

const BEST_FIRST: readonly InvoiceStatus[] = [
  'paid',
  'on_hold',
  'voided',
  'expired',
  'failed',
  'processing',
  'created',
  'unknown',
];

/** What this payment is about: the amount paid, else held, else last asked for. */
export function paymentAmount(payment: Payment): Decimal | null {
  for (const status of BEST_FIRST) {
    const amount = payment.stages[status]?.amount;
    if (amount) return amount;
  }
  return null;
}

/**
 * True when a payment without an id says no more than those with one: its amount is that of one of them, or of all
 * together. Which of them a provider names can change in one session, and money must not count twice.
 */
function isTwin(amount: Decimal | null | undefined, named: readonly (Decimal | null | undefined)[]): boolean {
  const known = named.flatMap((other) => other ?? []);
  if (!amount || known.length === 0) return false;
  return [...known, known.reduce(add)].some((other) => compare(other, amount) === 0);
}

/** The payments whose amounts make the invoice's. */
export function countedPayments(payments: readonly Payment[]): readonly Payment[] {
  const named = payments.filter((payment) => payment.externalId !== '').map(paymentAmount);
  return payments.filter((payment) => payment.externalId !== '' || !isTwin(paymentAmount(payment), named));
}

/** The payments whose being paid is a transaction of money. */
export function paidPayments(payments: readonly Payment[]): readonly Payment[] {
  const named = payments.filter((payment) => payment.externalId !== '').map((payment) => payment.stages.paid?.amount);
  return payments.filter(
    ({ externalId, stages }) => stages.paid && (externalId !== '' || !isTwin(stages.paid.amount, named)),
  );
}

/** When the whole session was first said to be void, or null; a void that names no payment counts for all. */
export function sessionVoidedSince(
  payments: readonly Payment[],
  paid: readonly Payment[],
  saidAt: string | null,
): string | null {
  const unnamed = payments.find((payment) => payment.externalId === '' && !paid.includes(payment));
  return earliest(saidAt, unnamed?.stages.voided?.receivedAt);
}

export function earliest(a: string | null, b: string | null | undefined): string | null {
  return b ? earlier(a, b) : a;
}
