import { createHash } from 'node:crypto';
import type { CashOnDelivery } from '@/lib/invoices/status';
import type { Fields } from '@/lib/providers/provider';

/** What a later version must say of an invoice of this history; right by the rules, whatever the release itself made of it. */
export interface ExpectedInvoice {
  readonly provider: string;
  readonly invoiceId: string;
  readonly orderId: string | null;
  readonly status: string;
  /** Kind and amount of each transaction, without zeros at the end. */
  readonly transactions: readonly string[];
  readonly waybills: readonly string[];
  /** Where the cash of its parcel is; left out where it is not paid for in cash. */
  readonly cashOnDelivery?: CashOnDelivery;
  /** How many postbacks belong to it. */
  readonly postbacks: number;
}

export const HASH = 'c3'.repeat(32);
export const SESSION = '0b7a9f6e-5d1c-4f3a-9e2b-7c6d5e4f3a2b';

type Expectation = Omit<ExpectedInvoice, 'provider' | 'postbacks'>;

interface Step {
  readonly fields: Fields;
  readonly format?: 'json' | 'form';
}

interface Story extends Expectation {
  readonly steps: readonly Step[];
}

export function crypto(id: string, details: Fields, flat: Fields = {}): Fields {
  return {
    status: 'success',
    invoice_id: id,
    amount_crypto: '12.5',
    currency: 'USDT_TRC20',
    order_id: `ORDER-${id}`,
    ...flat,
    invoice_info: {
      uuid: `INV-${id}`,
      created: '2026-01-27 12:00:00.000001',
      date_finished: '2026-01-27 12:20:00.000002',
      status: 'paid',
      invoice_status: 'success',
      test_mode: false,
      amount_to_pay: '12.5',
      amount_to_pay_usd: '12.5',
      amount_paid: '12.5',
      amount_paid_usd: '12.5',
      tx_list: [createHash('sha256').update(id).digest('hex')],
      ...details,
    },
  };
}

function payment(id: string, order: string, amount: string, hashes: readonly string[]): Story {
  const amounts = { amount_paid: amount, amount_paid_usd: amount, amount_to_pay: amount, amount_to_pay_usd: amount };
  const fields = crypto(id, { ...amounts, tx_list: [...hashes] }, { amount_crypto: amount, order_id: order });
  return {
    ...{ invoiceId: id, orderId: order, status: 'paid', transactions: [`payment ${amount}`], waybills: [] },
    steps: [{ fields }, { fields, format: 'form' }],
  };
}

const CRYPTO: readonly Story[] = [
  payment('PLAIN001', 'ORDER-1', '24.61', ['a1'.repeat(32)]),
  {
    ...{ invoiceId: 'TOPUP001', orderId: 'ORDER-TOPUP001', status: 'paid', waybills: [] },
    transactions: ['payment 5', 'top_up 7.5'],
    steps: [
      {
        fields: crypto(
          'TOPUP001',
          { status: 'partial', amount_paid: '5', amount_paid_usd: '5', tx_list: ['b1'.repeat(32)] },
          { amount_crypto: '5' },
        ),
      },
      { fields: crypto('TOPUP001', { tx_list: ['b1'.repeat(32), 'b2'.repeat(32)] }) },
    ],
  },
  {
    // One transfer whose hash came in two spellings.
    ...{ invoiceId: 'SPELLED1', orderId: 'ORDER-SPELLED1', status: 'paid', waybills: [] },
    transactions: ['payment 12.5'],
    steps: [
      { fields: crypto('SPELLED1', { tx_list: [`0x${HASH}`] }) },
      { fields: crypto('SPELLED1', { tx_list: [HASH.toUpperCase()] }) },
    ],
  },
];

export function parcel(id: string, order: string, details: Fields, delivery: Fields = {}): Fields {
  return {
    id,
    status: 'paid',
    paytype: 'card',
    created_at: '2026-01-27T14:00:00+02:00',
    client_last_name: "Стеф'юк",
    client_first_name: 'Марія',
    client_phone: '+380671112233',
    external_id: order,
    amount: '53.00',
    delivery: {
      recipient_phone: '+380671112244',
      recipient_last_name: 'Мельник',
      recipient_first_name: 'Тарас',
      ...delivery,
    },
    products: [{ count: '1', price: '53.00', description: 'Горнятко' }],
    ...details,
  };
}

const NOVAPAY: readonly Story[] = [
  {
    ...{ invoiceId: '11111111-2222-4333-8444-555555555501', orderId: 'NP-1', status: 'voided' },
    ...{ transactions: ['payment 53', 'refund -53'], waybills: [] },
    steps: [
      { fields: parcel('11111111-2222-4333-8444-555555555501', 'NP-1', {}) },
      { fields: parcel('11111111-2222-4333-8444-555555555501', 'NP-1', { status: 'voided' }) },
    ],
  },
  {
    ...{ invoiceId: '11111111-2222-4333-8444-555555555502', orderId: 'NP-2', status: 'paid' },
    ...{ transactions: ['expected 53'], waybills: ['20450000000022'], cashOnDelivery: 'expected' },
    steps: [
      {
        fields: parcel(
          '11111111-2222-4333-8444-555555555502',
          'NP-2',
          { paytype: 'cash_on_delivery' },
          { express_waybills: ['20450000000022'], delivery_status_code: '5' },
        ),
      },
    ],
  },
  {
    ...{ invoiceId: '11111111-2222-4333-8444-555555555503', orderId: 'NP-3', status: 'paid' },
    ...{ transactions: ['payment 53'], waybills: [] },
    steps: [
      {
        fields: parcel(
          '11111111-2222-4333-8444-555555555503',
          'NP-3',
          {},
          { ew_fail_reason: ['RecipientsPhone invalid format'] },
        ),
      },
    ],
  },
  {
    // One session whose id came in both cases.
    ...{ invoiceId: SESSION, orderId: 'NP-4', status: 'paid' },
    ...{ transactions: ['payment 53'], waybills: ['20450000000044'] },
    steps: [
      { fields: parcel(SESSION.toUpperCase(), 'NP-4', {}) },
      { fields: parcel(SESSION, 'NP-4', {}, { express_waybills: ['20450000000044'] }) },
    ],
  },
];

export const STORIES: Readonly<Record<string, readonly Story[]>> = {
  cryptocloud: CRYPTO,
  trybit: [payment('TRYBIT01', 'ORDER-T1', '7.25', ['d1'.repeat(32)])],
  'cryptocloud-v1': [
    {
      ...{ invoiceId: 'FLAT0001', orderId: 'ORDER-F1', status: 'paid' },
      ...{ transactions: ['payment 0.0004567'], waybills: [] },
      steps: [
        {
          fields: {
            status: 'success',
            invoice_id: 'FLAT0001',
            amount_crypto: '0.0004567',
            currency: 'BTC',
            order_id: 'ORDER-F1',
          },
          format: 'form',
        },
      ],
    },
  ],
  novapay: NOVAPAY,
};
