import { isFields } from '@/lib/body';
import { withoutContacts } from '@/lib/contacts';
import type { DeliveryStatus } from '@/lib/deliveries/status';
import type { DeliveryClaim } from '../provider';
import type { Reader } from '../reader';
import { isBlank, wireProse, wireTextOrTexts, wireWord } from '../wire';

/** The status codes of Nova Poshta's tracking, grouped as people ask for a parcel. */
const CARRIER_CODES: Readonly<Partial<Record<DeliveryStatus, readonly number[]>>> = {
  awaiting_handover: [1],
  deleted: [2],
  not_found: [3],
  in_transit: [4, 5, 6, 41, 101, 104, 112],
  ready_for_pickup: [7, 8],
  storage_expired: [105],
  received: [9, 10, 11, 106],
  refused: [102, 103],
  delivery_attempt_failed: [111],
  packing: [12],
};

const CARRIER_STATUSES: ReadonlyMap<string, DeliveryStatus> = new Map(
  Object.entries(CARRIER_CODES).flatMap(([status, codes]) =>
    codes.map((code) => [String(code), status as DeliveryStatus] as const),
  ),
);

/** Null for a payment without shipping. The older place of a failure is `metadata`, the newer one `delivery`. */
export function readDelivery(reader: Reader): DeliveryClaim | null {
  const sent = reader.value('delivery');
  if (!isFields(sent) && !isBlank(sent)) reader.flag('unreadable_field', 'delivery');
  const failureReasons = new Set([
    ...(reader.read('delivery.ew_fail_reason', wireTextOrTexts) ?? []),
    ...(reader.read('metadata.ew_fail_reason', wireTextOrTexts) ?? []),
  ]);
  if (!isFields(sent) && failureReasons.size === 0) return null;
  const waybills = reader.read('delivery.express_waybills', wireTextOrTexts) ?? [];
  return {
    waybills: [...waybills].sort(),
    failureReasons: [...new Set([...failureReasons].map(withoutContacts))],
    carrier: readCarrier(reader),
  };
}

/** The recipient's cash was paid out to the shop. */
const PAID_OUT = '11';

function readCarrier(reader: Reader): DeliveryClaim['carrier'] {
  const sent = reader.read('delivery.delivery_status_code', wireWord);
  const text = reader.read('delivery.delivery_status_text', wireProse);
  if (sent === null && text === null) return null;
  // A number of a language without integers is written 11.0.
  const code = sent === null ? null : (/^0*(\d+)(?:\.0+)?$/.exec(sent)?.[1] ?? sent);
  const status = CARRIER_STATUSES.get(code ?? '') ?? 'carrier_unknown';
  return { code, text, status, ...(code === PAID_OUT ? { paidOut: true } : {}) };
}
