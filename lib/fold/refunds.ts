import { add, compare, negate, shortest, subtract } from '@/lib/money';
import type { Decimal, Instant } from '@/lib/providers/provider';
import { preciser } from './registers';
import type { Payment, Refund } from './state';

/** Totals given back are cumulative: each one that is larger than those received before it is a transaction of the difference. */

/** Every total with the time at which it was first received, smallest first. */
export function mergeRefund(known: readonly Refund[], total: Decimal | undefined, at: Instant): readonly Refund[] {
  if (total === undefined) return known;
  const same = known.find((refund) => compare(refund.total, total) === 0);
  const merged = same ? earlierOf(same, { total, at }) : { total, at };
  return [...known.filter((refund) => refund !== same), merged].sort((a, b) => compare(a.total, b.total));
}

function earlierOf(a: Refund, b: Refund): Refund {
  if (a.at !== b.at) return a.at < b.at ? a : b;
  return { total: preciser(a.total, b.total), at: a.at };
}

/** More than was paid: which of the two numbers is wrong only the provider knows, so that it is no transaction. */
export function exceeds(refunds: readonly Refund[], paid: Decimal | null | undefined): boolean {
  return Boolean(paid) && refunds.some(({ total }) => compare(total, paid ?? '0') > 0);
}

/** A payment that arrived, and when it was voided. */
export interface RefundedPayment {
  readonly payment: Payment;
  readonly paid: Decimal;
  readonly voidedAt: Instant | null;
}

export interface RefundRow {
  /** Null: of several payments nobody says which. */
  readonly payment: Payment | null;
  readonly key: readonly [string, ...string[]];
  /** Negative. */
  readonly amount: Decimal;
  readonly at: Instant;
}

interface Step {
  readonly payment: Payment | null;
  readonly key: RefundRow['key'];
  readonly total: Decimal;
  readonly at: Instant;
  /** Of steps at the same moment the more precise one counts first. */
  readonly precision: 0 | 1 | 2;
}

/**
 * What was given back, transaction by transaction. A void gives back all of its payment. A refund of the whole session and
 * those of its payments speak of the same money, so that only what goes beyond the larger of the two is new.
 */
export function refundRows(payments: readonly RefundedPayment[], ofSession: readonly Refund[]): readonly RefundRow[] {
  const given = new Map<Payment | null, Decimal>();
  let together = '0';
  let booked = '0';
  const rows: RefundRow[] = [];
  for (const { payment, key, total, at } of stepsOf(payments, ofSession)) {
    const before = given.get(payment) ?? '0';
    if (compare(total, before) <= 0) continue;
    given.set(payment, total);
    if (payment) together = add(subtract(together, before), total);
    const target = larger(together, given.get(null) ?? '0');
    if (compare(target, booked) <= 0) continue;
    rows.push({ payment, key, amount: negate(subtract(target, booked)), at });
    booked = target;
  }
  return rows;
}

/**
 * What remains of each payment after all that was given back. What was given back of the session beyond the totals of
 * its payments is taken off them in their order.
 */
export function remainders(
  payments: readonly RefundedPayment[],
  ofSession: readonly Refund[],
): readonly { readonly payment: Payment; readonly amount: Decimal }[] {
  const given = new Map<Payment | null, Decimal>();
  for (const { payment, total } of stepsOf(payments, ofSession)) {
    given.set(payment, larger(total, given.get(payment) ?? '0'));
  }
  const own = payments.map(({ payment }) => given.get(payment) ?? '0');
  let rest = larger(subtract(given.get(null) ?? '0', own.reduce(add, '0')), '0');
  return payments.map(({ payment, paid }, index) => {
    const left = subtract(paid, own[index] ?? '0');
    const taken = compare(rest, left) < 0 ? rest : left;
    rest = subtract(rest, taken);
    return { payment, amount: subtract(left, taken) };
  });
}

function larger(a: Decimal, b: Decimal): Decimal {
  return compare(b, a) > 0 ? b : a;
}

function stepsOf(payments: readonly RefundedPayment[], ofSession: readonly Refund[]): readonly Step[] {
  const all = payments.map(({ paid }) => paid).reduce(add, '0');
  const [first, ...others] = payments;
  const only = others.length === 0 ? (first?.payment ?? null) : null;
  const session = ofSession
    .filter(({ total }) => compare(total, all) <= 0)
    .map(({ total, at }): Step => ({ payment: only, key: ['', shortest(total), 'session'], total, at, precision: 2 }));
  return [...payments.flatMap(stepsOfPayment), ...session].sort(order);
}

function stepsOfPayment({ payment, paid, voidedAt }: RefundedPayment): readonly Step[] {
  const { externalId, refunds } = payment;
  const parts = refunds
    .filter(({ total }) => compare(total, paid) <= 0)
    .map(({ total, at }): Step => ({ payment, key: [externalId, shortest(total)], total, at, precision: 0 }));
  if (voidedAt === null) return parts;
  return [...parts, { payment, key: [externalId], total: paid, at: voidedAt, precision: 1 }];
}

function order(a: Step, b: Step): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.precision - b.precision || compare(a.total, b.total) || (a.key[0] < b.key[0] ? -1 : 1);
}
