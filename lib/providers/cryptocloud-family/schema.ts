import { campaignFields } from '../campaign-fields';
import type { ClaimFields } from '../claim';

/** Where our names stand on the wire. Each amount may come with a twin in US dollars. */

const AMOUNTS = {
  due: 'amount_to_pay',
  paid: 'amount_paid',
  received: 'received',
  network_fee: 'fee',
  service_fee: 'service_fee',
  surcharge: 'to_surcharge',
} as const;

export const AMOUNT_FIELDS: Readonly<Record<string, string>> = Object.fromEntries([
  ...Object.entries(AMOUNTS).flatMap(([name, field]) => [
    [name, `invoice_info.${field}`],
    [`${name}_usd`, `invoice_info.${field}_usd`],
  ]),
  ['fiat_amount', 'invoice_info.amount_in_fiat'],
]);

export const FACT_FIELDS = {
  address: 'invoice_info.address',
  network: 'invoice_info.currency.network.code',
  network_name: 'invoice_info.currency.network.fullname',
  currency_name: 'invoice_info.currency.name',
  fee_payer: 'invoice_info.side_commission',
  type: 'invoice_info.type',
  payment_type: 'invoice_info.type_payments',
  aml_enabled: 'invoice_info.aml_enabled',
  aml_side: 'invoice_info.aml_side',
  project_name: 'invoice_info.project.name',
} as const satisfies Readonly<Record<string, string>>;

export const INSTANT_FACTS: Readonly<Record<string, string>> = { expires_at: 'invoice_info.expiry_date' };

/** The fields of a form body, and so of every body. */
export const FORM_FIELDS = ['status', 'invoice_id', 'amount_crypto', 'currency', 'order_id', 'token'] as const;

export const CLAIM_FIELDS: ClaimFields = {
  invoiceId: ['invoice_id', 'invoice_info.uuid'],
  orderIds: ['order_id'],
  status: ['invoice_info.status', 'status'],
  amount: ['amount_crypto', 'invoice_info.amount_paid', 'invoice_info.amount'],
  currency: ['currency', 'invoice_info.currency.fullcode'],
  hashes: ['invoice_info.tx_list'],
  address: ['invoice_info.address'],
  waybills: [],
};

/** Those that hold customer data. */
export const PEOPLE: readonly string[] = ['invoice_info.email', 'invoice_info.user_email', 'email'];

/** Text for people to read, in which somebody may be named. */
export const PROSE: readonly string[] = [FACT_FIELDS.project_name];

const CURRENCY_FIELDS = ['id', 'code', 'fullcode', 'name', 'is_email_required', 'stablecoin', 'order'] as const;
const ICONS = ['icon_base', 'icon_network', 'icon_qr', 'network.icon'] as const;
const INVOICE_FIELDS = [
  'amount',
  'amount_',
  'amount_in_crypto',
  'invoice_status',
  'is_email_required',
  'links_invoice',
  'step',
  'total_rub',
] as const;

/** Fields without a meaning that name nobody. */
export const HARMLESS: readonly string[] = [
  ...campaignFields('metadata'),
  ...[...CURRENCY_FIELDS, ...ICONS, 'network.id'].map((field) => `invoice_info.currency.${field}`),
  ...INVOICE_FIELDS.map((field) => `invoice_info.${field}`),
  ...['id', 'fail', 'success', 'logo'].map((field) => `invoice_info.project.${field}`),
];

export const UNDERSTOOD: readonly string[] = [
  ...FORM_FIELDS,
  ...Object.values(AMOUNT_FIELDS),
  ...Object.values(FACT_FIELDS),
  ...Object.values(INSTANT_FACTS),
  'invoice_info.amount_usd',
  'invoice_info.created',
  'invoice_info.date_finished',
  'invoice_info.status',
  'invoice_info.test_mode',
  'invoice_info.tx_list',
  'invoice_info.uuid',
  ...PEOPLE,
];

/** What Python writes as numbers. */
export const NUMBERS: ReadonlySet<string> = new Set([
  'amount_crypto',
  ...Object.values(AMOUNT_FIELDS),
  'invoice_info.amount',
  'invoice_info.amount_',
  'invoice_info.amount_usd',
  'invoice_info.total_rub',
  'invoice_info.step',
  'invoice_info.currency.id',
  'invoice_info.currency.order',
  'invoice_info.currency.network.id',
  'invoice_info.project.id',
]);
