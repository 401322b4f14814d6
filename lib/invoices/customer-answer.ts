import type { Decimal } from '@/lib/providers/provider';
import type { Concern } from './attention';
import type { InvoiceStatus } from './status';

/** What may be told to whoever asks: nothing but order, amount, status and waybill. */
export interface CustomerAnswer {
  readonly sentence: Exclude<InvoiceStatus, 'unknown'> | 'partial_unknown' | 'cash';
  readonly order: string | null;
  readonly amount: Decimal | null;
  readonly currency: string | null;
  /** What is still to be paid. */
  readonly missing: Decimal | null;
  readonly parcel: { readonly sentence: ParcelSentence; readonly waybills: readonly string[] } | null;
}

export type ParcelSentence = 'none' | 'made' | 'moving' | 'ready' | 'received';

interface Told {
  readonly status: string;
  readonly orderId: string | null;
  readonly amount: Decimal | null;
  readonly currency: string | null;
  readonly isTest: boolean;
}

interface Parcel {
  readonly status: string;
  readonly waybills: readonly string[];
}

const PARCEL: Readonly<Partial<Record<string, ParcelSentence>>> = {
  none: 'none',
  waybill_failed: 'none',
  waybill_created: 'made',
  awaiting_handover: 'made',
  packing: 'made',
  in_transit: 'moving',
  delivery_attempt_failed: 'moving',
  ready_for_pickup: 'ready',
  received: 'received',
};

const SENTENCES: readonly string[] = [
  'created',
  'processing',
  'canceled',
  'failed',
  'expired',
  'on_hold',
  'partial',
  'paid',
  'overpaid',
  'voided',
] satisfies Exclude<InvoiceStatus, 'unknown'>[];

/** Null where there is nothing to promise: test money, or a status we do not know. */
export function customerAnswer(
  invoice: Told,
  delivery: Parcel | null,
  concerns: readonly Concern[],
): CustomerAnswer | null {
  const { status, orderId, amount, currency, isTest } = invoice;
  if (isTest || !SENTENCES.includes(status)) return null;
  const partial = concerns.find((concern) => concern.code === 'partial');
  const missing = partial?.missing ?? null;
  const goesOut = status === 'paid' || status === 'overpaid' || status === 'on_hold';
  return {
    sentence: sentenceOf(status as CustomerAnswer['sentence'], missing, concerns),
    order: orderId,
    amount,
    currency,
    missing,
    parcel: goesOut ? parcelOf(delivery) : null,
  };
}

function sentenceOf(
  status: CustomerAnswer['sentence'],
  missing: Decimal | null,
  concerns: readonly Concern[],
): CustomerAnswer['sentence'] {
  if (status === 'partial' && missing === null) return 'partial_unknown';
  return concerns.some(({ code }) => code === 'cash') ? 'cash' : status;
}

function parcelOf(delivery: Parcel | null): CustomerAnswer['parcel'] {
  const sentence = delivery && PARCEL[delivery.status];
  return sentence ? { sentence, waybills: delivery.waybills } : null;
}
