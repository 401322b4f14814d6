import type { DeliveryStatus } from '@/lib/deliveries/status';
import { compare, isPositive, negate, subtract } from '@/lib/money';
import type { Decimal, Instant } from '@/lib/providers/provider';
import { toInstant } from '@/lib/time';
import { multiply } from './items';
import type { CashOnDelivery } from './status';

/** What somebody should know before they act, in the order in which it matters. */
export type Concern =
  /** `percent` and `missing` are null where the postbacks do not say what was asked for. */
  | {
      readonly code: 'partial';
      readonly percent: number | null;
      readonly missing: Decimal | null;
      readonly until: Instant | null;
      readonly open: boolean;
    }
  | { readonly code: 'overpaid'; readonly extra: Decimal | null }
  | { readonly code: 'on_hold'; readonly lapsesAt: Instant | null; readonly lapsed: boolean }
  | { readonly code: 'cash' | 'cash_collected' | 'cash_refused' | 'waybill_failed' | 'stop_parcel' };

export interface Situation {
  readonly status: string;
  readonly due: Decimal | null;
  readonly paid: Decimal | null;
  readonly expiresAt: Instant | null;
  readonly heldAt: Instant | null;
  readonly cash: CashOnDelivery | null;
  readonly parcel: { readonly status: string; readonly waybills: number } | null;
}

/** NovaPay lets a hold go after about so many days. */
const HOLD_DAYS = 29;
const DAY_MS = 86_400_000;
const UNPAID: readonly string[] = ['voided', 'failed', 'expired', 'canceled'];
/** A parcel in one of these goes nowhere any more. */
const AT_REST: readonly string[] = ['received', 'refused', 'deleted', 'none'] satisfies DeliveryStatus[];

const CASH_CONCERNS: Readonly<Record<CashOnDelivery, readonly Concern[]>> = {
  expected: [{ code: 'cash' }],
  collected: [{ code: 'cash_collected' }],
  refused: [{ code: 'cash_refused' }],
  received: [],
};

export function concernsOf(situation: Situation, now: Date): readonly Concern[] {
  return [...moneyConcerns(situation, now), ...parcelConcerns(situation)];
}

function moneyConcerns(situation: Situation, now: Date): readonly Concern[] {
  const { status, due, paid, expiresAt, heldAt, cash } = situation;
  const difference = due !== null && paid !== null && isPositive(due) ? subtract(paid, due) : null;
  if (status === 'partial') {
    const missing = difference !== null && isPositive(negate(difference)) ? negate(difference) : null;
    const percent = missing === null || due === null || paid === null ? null : percentOf(paid, due);
    const open = expiresAt !== null && expiresAt > toInstant(now);
    return [{ code: 'partial', percent, missing, until: expiresAt, open }];
  }
  if (status === 'overpaid') {
    return [{ code: 'overpaid', extra: difference !== null && isPositive(difference) ? difference : null }];
  }
  if (status === 'on_hold') {
    const lapsesAt = heldAt && toInstant(new Date(Date.parse(heldAt) + HOLD_DAYS * DAY_MS));
    return [{ code: 'on_hold', lapsesAt, lapsed: lapsesAt !== null && lapsesAt <= toInstant(now) }];
  }
  return status === 'paid' && cash !== null ? CASH_CONCERNS[cash] : [];
}

function parcelConcerns({ status, parcel }: Situation): readonly Concern[] {
  if (!parcel) return [];
  if (parcel.status === 'waybill_failed') return [{ code: 'waybill_failed' }];
  const onItsWay = parcel.waybills > 0 && !AT_REST.includes(parcel.status);
  return onItsWay && UNPAID.includes(status) ? [{ code: 'stop_parcel' }] : [];
}

/** Whole percents, never rounded up: what is not paid in full is not 100 %. */
export function percentOf(part: Decimal, whole: Decimal): number {
  const hundredfold = multiply(part, '100');
  let percent = 0;
  while (percent < 100 && compare(multiply(whole, String(percent + 1)), hundredfold) <= 0) percent += 1;
  return percent;
}
