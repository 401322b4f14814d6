/** The vocabulary of a parcel, from the first thing known to the last. */
export const DELIVERY_STATUSES = [
  'none',
  'waybill_failed',
  'waybill_created',
  'carrier_unknown',
  'not_found',
  'deleted',
  'awaiting_handover',
  'packing',
  'in_transit',
  'delivery_attempt_failed',
  'ready_for_pickup',
  'storage_expired',
  'refused',
  'received',
] as const;

export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** How far on its way: of two words received at the same moment the later one counts. */
export function deliveryRank(status: DeliveryStatus): number {
  return DELIVERY_STATUSES.indexOf(status);
}
