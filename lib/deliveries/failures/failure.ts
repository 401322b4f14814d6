import type { PeopleField } from '@/lib/providers/provider';

/** What a failure is about: where in NovaPay's postback it stands, and what of the invoice shows the value sent. */
export interface Place {
  /** Dotted path into the body; null for what the postback does not carry. */
  readonly path: string | null;
  readonly shows: PeopleField | 'paytype' | 'amount' | null;
}

export const PLACES = {
  recipient_phone: { path: 'delivery.recipient_phone', shows: 'recipient_phone' },
  recipient_name: { path: 'delivery.recipient_last_name', shows: 'recipient_name' },
  recipient_patronymic: { path: 'delivery.recipient_patronymic', shows: 'recipient_name' },
  recipient_city: { path: 'delivery.recipient_city', shows: 'recipient_address' },
  recipient_warehouse: { path: 'delivery.recipient_warehouse', shows: 'recipient_address' },
  /** Street, house and flat: NovaPay documents that `delivery` may carry them, not their names. */
  recipient_address: { path: 'delivery', shows: 'recipient_address' },
  payment: { path: 'paytype', shows: 'paytype' },
  amount: { path: 'amount', shows: 'amount' },
  parcel: { path: null, shows: null },
  sender: { path: null, shows: null },
  schedule: { path: null, shows: null },
  account: { path: null, shows: null },
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;

/** A message under the number that Nova Poshta gives it; null where only its text is known. */
export type CarrierMessage = readonly [number: string | null, text: string];

/** One cause with one remedy; its words stand under `waybills.reason.<code>`. */
export interface KnownFailure {
  readonly code: string;
  readonly place: PlaceName;
  readonly messages: readonly CarrierMessage[];
  /** For messages that carry a number of their own; matched against the folded text. */
  readonly pattern?: RegExp;
  readonly sources: readonly string[];
}

/** The carrier's own list: model `CommonGeneral`, method `getMessageCodeText`. */
export const MESSAGE_LIST =
  'https://devcenter.novaposhta.ua/docs/services/55702570a0fe4f0cf4fc53ed/operations/58f0730deea270153c8be3cd';
/** The same list, kept up by the users of a PHP client. */
export const MESSAGE_LIST_COPY = 'https://github.com/daaner/NovaPoshta/blob/master/resources/lang/uk/novaposhta.php';
export const NOVAPAY_SAMPLE = 'NovaPay Checkout, documentation of postbacks: the sample with ew_fail_reason';
export const REPORT_OF_RECIPIENT = 'https://github.com/lis-dev/nova-poshta-api-2/issues/16';
export const REPORT_OF_SELECTION = 'https://github.com/lis-dev/nova-poshta-api-2/issues/65';
export const REPORT_OF_WEIGHT = 'https://github.com/daaner/NovaPoshta/pull/49';

/** Known from the carrier's list of messages. */
export function listed(code: string, place: PlaceName, messages: readonly CarrierMessage[]): KnownFailure {
  return { code, place, messages, sources: [MESSAGE_LIST] };
}
