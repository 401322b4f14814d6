import { ADDRESS_FIELDS } from '@/lib/address-fields';
import { campaignFields } from '../campaign-fields';
import type { ClaimFields } from '../claim';
import type { KnownStatus } from '../statuses';

/** Where our names stand on the wire, and what the provider's words mean. */

export const STATUSES: ReadonlyMap<string, KnownStatus> = new Map<string, KnownStatus>([
  ['precreated', { word: 'created', step: 0 }],
  ['created', { word: 'created', step: 1 }],
  ['expired', { word: 'expired', step: 0 }],
  ['processing', { word: 'processing', step: 0 }],
  ['processing_void', { word: 'processing', step: 1 }],
  ['holded', { word: 'on_hold', step: 0 }],
  ['hold_confirmed', { word: 'on_hold', step: 1 }],
  ['processing_hold_completion', { word: 'on_hold', step: 2 }],
  ['failed', { word: 'failed', step: 0 }],
  ['voided', { word: 'voided', step: 0 }],
]);

/** Our words for methods, by their letters alone: `applepay`, `apple_pay` and `Apple Pay` are one. */
export const METHODS: ReadonlyMap<string, string> = new Map([
  ['applepay', 'apple_pay'],
  ['googlepay', 'google_pay'],
  ['cashondelivery', 'cash_on_delivery'],
]);

export const CLAIM_FIELDS: ClaimFields = {
  invoiceId: ['id'],
  orderIds: ['external_id', 'payments.external_id', 'metadata.order_id'],
  status: ['status'],
  amount: ['amount', 'payments.amount'],
  currency: [],
  hashes: [],
  address: [],
  waybills: ['delivery.express_waybills'],
};

export const FACT_FIELDS: Readonly<Record<string, string>> = {
  paytype: 'paytype',
  terminal: 'terminal_name',
};

/** Of the one payment that a body is about: a session's next payment is another card's. */
export const PAYMENT_FACT_FIELDS: Readonly<Record<string, string>> = {
  rrn: 'RRN',
  approval: 'APPROVAL',
  processing_result: 'processing_result',
  card_pan: 'card_details.pan',
  card_bank: 'card_details.card_bank',
  card_country: 'card_details.card_country',
  card_type: 'card_details.card_type',
};

export const NAME_FIELDS = {
  client: ['client_last_name', 'client_first_name', 'client_patronymic'],
  recipient: ['delivery.recipient_last_name', 'delivery.recipient_first_name', 'delivery.recipient_patronymic'],
} as const;

const ITEM_FIELDS = ['count', 'price', 'description'] as const;

/** Those that hold customer data. The documentation names no field of an address, and none may slip past as plain data. */
export const PEOPLE: readonly string[] = [
  ...NAME_FIELDS.client,
  ...NAME_FIELDS.recipient,
  'client_phone',
  'client_email',
  'client_ip',
  'delivery.recipient_phone',
  'card_details.pan',
  ...ADDRESS_FIELDS.map((field) => `delivery.${field}`),
];

/** Text for people to read, in which somebody may be named. */
export const PROSE: readonly string[] = [
  'products.description',
  'payments.products.description',
  'metadata.ew_fail_reason',
  'delivery.ew_fail_reason',
  'delivery.delivery_status_text',
  'processing_result',
  'card_details.card_bank',
  ...Object.values(FACT_FIELDS),
];

/** Fields without a meaning that name nobody. */
export const HARMLESS: readonly string[] = [
  ...campaignFields('metadata'),
  ...['en', 'uk', 'ua', 'ru', 'pl', 'pt'].map((language) => `metadata.marketing_block_${language}`),
  'products.image',
  'payments.products.image',
  'payments.status',
  'payments.paytype',
  'payments.currency',
  'currency',
];

export const UNDERSTOOD: readonly string[] = [
  'id',
  'status',
  'created_at',
  'external_id',
  'amount',
  'payments.external_id',
  'payments.amount',
  ...['refunded_amount', 'refund_amount'].flatMap((field) => [field, `payments.${field}`]),
  ...ITEM_FIELDS.map((field) => `products.${field}`),
  ...ITEM_FIELDS.map((field) => `payments.products.${field}`),
  'metadata.order_id',
  'metadata.ew_fail_reason',
  'delivery.ew_fail_reason',
  'delivery.express_waybills',
  'delivery.delivery_amount',
  'delivery.delivery_status_code',
  'delivery.delivery_status_text',
  ...Object.values(FACT_FIELDS),
  ...Object.values(PAYMENT_FACT_FIELDS),
  ...PEOPLE,
];

export const NUMBERS: ReadonlySet<string> = new Set([
  'amount',
  'refunded_amount',
  'refund_amount',
  'payments.amount',
  'payments.refunded_amount',
  'payments.refund_amount',
  'products.count',
  'products.price',
  'payments.products.count',
  'payments.products.price',
  'delivery.delivery_amount',
  'delivery.delivery_status_code',
]);
