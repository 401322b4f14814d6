import { randomUUID } from 'node:crypto';
import { randomText } from '../credentials';
import type { Fields, Sample } from '../provider';

const DIGITS = '0123456789';
const MINUTE = 60_000;

const CARD = { paytype: 'card' };
const PRODUCTS = [
  { count: '1', image: 'https://shop.example/cup.jpg', price: '17', description: 'Горнятко' },
  { count: '2', image: 'https://shop.example/spoon.jpg', price: '18.00', description: 'Ложка дерев’яна' },
];

/** Bodies of NovaPay Checkout; each call is a session of its own unless `id` is set afterwards. */
export const samples: readonly Sample[] = [
  sample('paid', 'paid', CARD),
  sample('waybill-created', 'paid', CARD, () => ({ express_waybills: [waybill()] })),
  sample('waybill-failed', 'paid', CARD, () => ({
    ew_fail_reason: ['Warehouse with this Ref is not exist', 'RecipientsPhone invalid format'],
  })),
  sample('holded', 'holded', CARD),
  sample('voided', 'voided', CARD),
  sample('failed', 'failed', CARD),
  sample('created', 'created', CARD),
  sample('expired', 'expired', CARD),
  sample('processing', 'processing', CARD),
  sample('cash-on-delivery', 'paid', { paytype: 'cash_on_delivery' }),
  { name: 'payments', build: (now) => listed(session('paid', now, CARD)) },
  { name: 'card', build: (now) => ({ ...session('paid', now, { paytype: 'googlepay' }), ...cardDetails() }) },
  sample('delivered', 'paid', CARD, () => ({
    express_waybills: [waybill()],
    delivery_amount: '70',
    delivery_status_code: '9',
    delivery_status_text: 'Відправлення отримано',
  })),
];

function sample(name: string, status: string, top: Fields, parcel: () => Fields = () => ({})): Sample {
  return { name, build: (now) => session(status, now, top, parcel()) };
}

function session(status: string, now: Date, top: Fields, parcel: Fields = {}): Fields {
  return {
    id: randomUUID(),
    status,
    ...top,
    created_at: kyivTime(new Date(now.getTime() - 4 * MINUTE)),
    metadata: { source: 'site', marketing_block_en: 'Pay by card.', marketing_block_uk: 'Сплачуйте карткою.' },
    client_first_name: 'Олена',
    client_last_name: 'Коваленко',
    client_patronymic: 'Петрівна',
    client_phone: '+380500000001',
    external_id: orderId(),
    amount: '53.00',
    delivery: { ...parcel, ...recipient() },
    products: PRODUCTS,
  };
}

/** The merchant's other setting: one postback a session, its payments in a list and nothing at the top. */
function listed(fields: Fields): Fields {
  const { external_id: externalId = null, amount = null, products = null, ...rest } = fields;
  const second = { external_id: orderId(), amount: '120.50', products: [] };
  return { ...rest, payments: [{ external_id: externalId, amount, products }, second] };
}

function recipient(): Fields {
  return {
    recipient_city: randomUUID(),
    recipient_warehouse: randomUUID(),
    recipient_phone: '+380500000002',
    recipient_last_name: 'Мельник',
    recipient_first_name: 'Тарас',
    recipient_patronymic: 'Ігорович',
  };
}

function cardDetails(): Fields {
  return {
    terminal_name: 'NP-CHECKOUT-01',
    RRN: randomText(12, DIGITS),
    APPROVAL: randomText(6, DIGITS),
    client_email: 'olena@shop.example',
    client_ip: '203.0.113.17',
    processing_result: 'Approved',
    card_details: { pan: '444455******1111', card_bank: 'Sample Bank', card_country: 'UA', card_type: 'VISA' },
  };
}

/** A domestic number: 14 digits that begin with 20. */
function waybill(): string {
  return `20${randomText(12, DIGITS)}`;
}

function orderId(): string {
  return `ORDER-${randomText(8, DIGITS)}`;
}

/** The provider writes an offset; winter time will do. */
function kyivTime(date: Date): string {
  return new Date(date.getTime() + 120 * MINUTE).toISOString().replace('Z', '+02:00');
}
