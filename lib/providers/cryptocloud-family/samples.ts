import { randomBytes } from 'node:crypto';
import { add, isPositive, subtract } from '@/lib/money';
import { toInstant } from '@/lib/time';
import { randomText } from '../credentials';
import type { Fields, Sample, Value } from '../provider';

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const MINUTE = 60_000;
const SERVICE_FEE = '0.467590';

interface Draft {
  readonly status: string;
  /** What arrived. */
  readonly amount: string;
  readonly due?: string;
  readonly hashes?: number;
  readonly test?: boolean;
  readonly order?: string | null;
  readonly idLength?: number;
}

/** Bodies of API v2 with every field that a genuine one has. */
export const samples: readonly Sample[] = [
  sample('paid', { status: 'paid', amount: '24.61' }),
  sample('overpaid', { status: 'overpaid', amount: '30.00', due: '24.61' }),
  sample('partial', { status: 'partial', amount: '10.5', due: '24.61' }),
  sample('created', { status: 'created', amount: '24.61', hashes: 0 }),
  sample('canceled', { status: 'canceled', amount: '24.61', hashes: 0 }),
  sample('test-mode', { status: 'paid', amount: '24.61', test: true }),
  sample('static-wallet', { status: 'paid', amount: '24.61', idLength: 32 }),
  {
    name: 'top-up',
    build: (now) => topUp(draftBody({ status: 'partial', amount: '10.5', due: '24.61' }, now), '14.11'),
  },
  sample('no-order', { status: 'paid', amount: '24.61', order: null }),
];

/** Bodies of API v1: six flat fields. */
export const flatSamples: readonly Sample[] = [
  { name: 'paid', build: () => flatBody(invoiceId(8), '0.00045670', 'BTC', orderId()) },
  { name: 'no-order', build: () => flatBody(invoiceId(8), '0.00045670', 'BTC', null) },
];

function sample(name: string, draft: Draft): Sample {
  return { name, build: (now) => draftBody(draft, now) };
}

/** The same invoice after a further transfer: one hash more, and the amounts are the new totals. */
export function topUp(before: Fields, further: string): Fields {
  const details = before.invoice_info as Fields;
  const total = add(String(before.amount_crypto), further);
  const hashes = [...(details.tx_list as readonly Value[]), hash()];
  const invoice = { ...details, ...paidAmounts(total), status: 'paid', tx_list: hashes };
  return { ...before, amount_crypto: total, invoice_info: invoice };
}

function flatBody(id: string, amount: string, currency: string, order: string | null): Fields {
  return { status: 'success', invoice_id: id, amount_crypto: amount, currency, order_id: order };
}

function draftBody(draft: Draft, now: Date): Fields {
  const id = invoiceId(draft.idLength ?? 8);
  const order = draft.order === undefined ? orderId() : draft.order;
  const flat = flatBody(id, draft.amount, 'USDT_TRC20', order);
  return {
    ...flat,
    invoice_info: { uuid: `INV-${id}`, ...times(now), ...wallet(), ...money(draft), ...settings(draft) },
  };
}

function times(now: Date): Fields {
  const at = (offset: number): string =>
    toInstant(new Date(now.getTime() + offset))
      .replace('T', ' ')
      .replace('Z', '');
  return { created: at(-7 * MINUTE), date_finished: at(-MINUTE), expiry_date: at(24 * 60 * MINUTE) };
}

function wallet(): Fields {
  return {
    address: `T${randomText(33, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz')}`,
    currency: {
      id: '4',
      code: 'USDT',
      fullcode: 'USDT_TRC20',
      network: { code: 'TRC20', id: '4', icon: 'https://cdn.example/network/TRC20.svg', fullname: 'Tron' },
      name: 'Tether',
      is_email_required: false,
      stablecoin: true,
      icon_base: 'https://cdn.example/currency/USDT.svg',
      icon_network: 'https://cdn.example/currency/USDT_TRC20.svg',
      icon_qr: 'https://cdn.example/stroke/USDT_STROKE.svg',
      order: '1',
    },
  };
}

function money(draft: Draft): Fields {
  const due = draft.due ?? draft.amount;
  const arrived = draft.hashes === 0 ? '0' : draft.amount;
  return {
    amount: due,
    amount_: due,
    amount_in_crypto: null,
    amount_in_fiat: due,
    amount_usd: due,
    amount_to_pay: due,
    amount_to_pay_usd: due,
    ...paidAmounts(arrived),
    fee: '1.4',
    fee_usd: '1.4',
    service_fee: SERVICE_FEE,
    service_fee_usd: '0.47',
    to_surcharge: '0.0',
    to_surcharge_usd: '0.0',
    total_rub: '0',
    tx_list: Array.from({ length: draft.hashes ?? 1 }, hash),
  };
}

function paidAmounts(arrived: string): Fields {
  const received = isPositive(arrived) ? subtract(arrived, SERVICE_FEE) : arrived;
  return { amount_paid: arrived, amount_paid_usd: arrived, received, received_usd: received };
}

function settings(draft: Draft): Fields {
  return {
    side_commission: 'client',
    type_payments: 'crypto',
    status: draft.status,
    invoice_status: 'success',
    is_email_required: false,
    project: {
      id: '7',
      name: 'Sample shop',
      fail: 'https://shop.example/failed',
      success: 'https://shop.example/thanks',
      logo: '',
    },
    step: '3',
    test_mode: draft.test ?? false,
    type: 'up',
    aml_enabled: false,
    aml_side: 'merchant',
    aml_checks: [],
    links_invoice: null,
  };
}

function invoiceId(length: number): string {
  return randomText(length, ID_ALPHABET);
}

function orderId(): string {
  return `ORDER-${randomText(8, '0123456789')}`;
}

function hash(): string {
  return randomBytes(32).toString('hex');
}
