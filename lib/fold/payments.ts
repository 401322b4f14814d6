import type { InvoiceStatus } from '@/lib/invoices/status';
import { add, compare } from '@/lib/money';
import type { Decimal, PaymentClaim } from '@/lib/providers/provider';
import { earlier, keep, keepAll, preciser } from './registers';
import { stable } from './stable';
import type { ContradictionReason, Payment, Stage } from './state';

/** Card payments of one session, told apart by the merchant's own id, each with what every stage said of it. */

export interface PaymentMerge {
  readonly payments: readonly Payment[];
  readonly contradiction: ContradictionReason | null;
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
  let differs = false;
  for (const claim of claims) {
    const id = claim.externalId ?? '';
    const first = claims.find((other) => (other.externalId ?? '') === id);
    differs ||= Boolean(first?.amount && claim.amount && compare(first.amount, claim.amount) !== 0);
    const known = kept.get(id);
    if (!known) kept.set(id, claim);
    else if (id === '') kept.set(id, together(known, claim));
  }
  return { claims: [...kept.values()], contradiction: differs ? 'other_amount' : null };
}

function together(a: PaymentClaim, b: PaymentClaim): PaymentClaim {
  const amount = a.amount && b.amount ? add(a.amount, b.amount) : (a.amount ?? b.amount);
  return { ...a, amount, items: [...a.items, ...b.items] };
}

/** Takes in one payment of a message of this status; another amount at the same stage contradicts. */
export function mergePayment(
  payments: readonly Payment[],
  claim: PaymentClaim,
  status: InvoiceStatus,
  rank: number,
  receivedAt: string,
): PaymentMerge {
  const externalId = claim.externalId ?? '';
  const known = payments.find((payment) => payment.externalId === externalId) ?? {
    externalId,
    stages: {},
    items: null,
    details: {},
  };
  const stage = known.stages[status];
  if (stage && stage.amount !== null && claim.amount !== null && compare(stage.amount, claim.amount) !== 0) {
    return { payments, contradiction: 'other_amount', conflict: null };
  }
  const said = claim.items.length > 0 ? claim.items : null;
  const conflict = said && known.items && known.items.r === rank && stable(known.items.v) !== stable(said);
  const details = keepAll(known.details, claim.details ?? {}, rank);
  const payment: Payment = {
    externalId,
    stages: { ...known.stages, [status]: mergeStage(stage, claim.amount, receivedAt) },
    items: keep(known.items, said, rank),
    details: details.registers,
  };
  const others = payments.filter((other) => other.externalId !== externalId);
  const next = [...others, payment].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  return { payments: next, contradiction: null, conflict: conflict ? 'products' : details.conflict };
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

/** When this payment was first said to be void, or null; a void that names no payment counts for all. */
export function voidedSince(
  payment: Payment,
  payments: readonly Payment[],
  sessionVoidedAt: string | null,
): string | null {
  const unnamed = payments.find((other) => other.externalId === '' && !other.stages.paid);
  const voids = [payment.stages.voided?.receivedAt, sessionVoidedAt, unnamed?.stages.voided?.receivedAt];
  return voids.reduce<string | null>((first, at) => (at ? earlier(first, at) : first), null);
}
