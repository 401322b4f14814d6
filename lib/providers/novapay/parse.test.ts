import { describe, expect, test } from 'vitest';
import { decodeBody } from '@/lib/body';
import type { Event, Fields, Value } from '../provider';
import { unmappedFields } from '../unmapped-fields';
import { createKeyPair } from './keys';
import { parse } from './parse';
import { samples } from './samples';
import { UNDERSTOOD } from './schema';
import { sign } from './sign';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const SESSION = '0f9e8d7c-1111-4222-8333-444455556666';

/** As the documentation writes it, with people and numbers of our own. */
const DOCUMENTED = `{
  "id": "${SESSION}", "status": "paid", "paytype": "cash_on_delivery", "created_at": "2025-03-10T15:56:29.169+02:00",
  "metadata": {"own": "key", "marketing_block_en": "Pay by card"},
  "client_first_name": "Олена", "client_last_name": "Коваленко", "client_patronymic": "Петрівна",
  "client_phone": "+380500000001", "external_id": null, "amount": 53,
  "delivery": {"recipient_city": "city-ref", "recipient_warehouse": "warehouse-ref", "recipient_phone": "+380500000002",
    "recipient_last_name": "Мельник", "recipient_first_name": "Тарас", "recipient_patronymic": null},
  "products": [{"count": 1, "image": "https://shop.example/a.jpg", "price": 17, "description": "Горнятко"},
    {"count": 2, "image": "https://shop.example/b.jpg", "price": 18.00, "description": "Ложка"}]
}`;

function decoded(text: string): Fields {
  const result = decodeBody(new TextEncoder().encode(text), ['id']);
  if (!result.ok) throw new Error(result.detail);
  return result.fields;
}

function eventOf(fields: Fields): Event {
  const parsed = parse(fields);
  if (!parsed.ok) throw new Error(`${parsed.field} ${parsed.problem}`);
  return parsed.event;
}

function event(fields: Record<string, Value>): Event {
  return eventOf({ id: SESSION, status: 'paid', ...fields });
}

function built(name: string): Event {
  return eventOf(samples.find((sample) => sample.name === name)?.build(NOW) ?? {});
}

test('the documented body is understood whole', () => {
  expect(eventOf(decoded(DOCUMENTED))).toEqual({
    invoiceId: SESSION,
    bookkeeping: 'payments',
    status: { word: 'paid', raw: 'paid', basis: 'invoice', step: 0 },
    orderId: null,
    isTest: false,
    createdAt: '2025-03-10T13:56:29.169000Z',
    facts: { paytype: 'cash_on_delivery', method: 'cash_on_delivery' },
    payments: [
      {
        externalId: null,
        hashes: [],
        amount: '53',
        currency: 'UAH',
        amountUsd: null,
        occurredAt: null,
        amounts: {},
        details: {},
        items: [
          { description: 'Горнятко', count: '1', price: '17' },
          { description: 'Ложка', count: '2', price: '18.00' },
        ],
      },
    ],
    delivery: { waybills: [], failureReasons: [], carrier: null },
    people: {
      client_name: 'Коваленко Олена Петрівна',
      client_phone: '+380500000001',
      recipient_name: 'Мельник Тарас',
      recipient_phone: '+380500000002',
      recipient_address: 'city-ref, warehouse-ref',
    },
    flags: [],
  });
});

test('only id and status are required', () => {
  expect(parse({ status: 'paid' })).toEqual({ ok: false, field: 'id', problem: 'missing' });
  expect(parse({ id: SESSION, status: ' ' })).toEqual({ ok: false, field: 'status', problem: 'missing' });
  expect(parse({ id: [], status: 'paid' })).toEqual({ ok: false, field: 'id', problem: 'unreadable' });
  expect(event({})).toMatchObject({ payments: [], delivery: null, people: {}, flags: [] });
});

test.each([
  ['precreated', 'created', 0],
  ['created', 'created', 1],
  ['expired', 'expired', 0],
  ['processing', 'processing', 0],
  ['processing_void', 'processing', 1],
  ['holded', 'on_hold', 0],
  ['hold_confirmed', 'on_hold', 1],
  ['processing_hold_completion', 'on_hold', 2],
  ['paid', 'paid', 0],
  ['pago', 'paid', 0],
  ['sucesso', 'paid', 0],
  ['failed', 'failed', 0],
  ['voided', 'voided', 0],
])('%s is %s, step %i', (raw, word, step) => {
  expect(event({ status: raw }).status).toEqual({ word, raw, basis: 'invoice', step });
});

test('an unknown status is kept and flagged', () => {
  expect(event({ status: 'constructor' })).toMatchObject({
    status: { word: 'unknown', raw: 'constructor' },
    flags: [{ code: 'unknown_status', field: 'status' }],
  });
});

describe('payments', () => {
  test('a list gives one each', () => {
    const list: Value = [
      { external_id: 'A', amount: '53.10', products: [{ description: 'x', count: '1', price: '53.10' }] },
      { external_id: 'B', amount: '7' },
    ];
    const { payments, flags } = event({ payments: list });
    expect(payments.map(({ externalId, amount, currency }) => [externalId, amount, currency])).toEqual([
      ['A', '53.10', 'UAH'],
      ['B', '7', 'UAH'],
    ]);
    expect(payments[0]?.items).toHaveLength(1);
    expect(flags).toEqual([]);
  });

  test.each([
    ['0', 'not_money'],
    ['-5', 'not_money'],
    ['1E99', 'not_money'],
    [null, 'not_money'],
    ['many', 'unreadable_field'],
    [[], 'unreadable_field'],
  ])('amount %j is kept as sent and flagged', (amount, code) => {
    const { payments, flags } = event({ external_id: 'A', amount });
    expect(payments).toMatchObject([{ externalId: 'A', amount: null }]);
    expect(flags).toMatchObject([{ field: 'amount' }]);
    expect(flags[0]?.code).toBe(code);
  });

  test('entries that are none are named by their place', () => {
    const { payments, flags } = event({ payments: ['x', { external_id: 'A', amount: '1', products: ['y'] }] });
    expect(payments).toHaveLength(1);
    expect(flags.map(({ field }) => field)).toEqual(['payments.0', 'payments.1.products.0']);
    expect(event({ payments: 'x' }).flags).toEqual([{ code: 'unreadable_field', field: 'payments' }]);
  });

  test('the order in metadata is the fallback', () => {
    expect(event({ metadata: { order_id: '77' } }).orderId).toBe('77');
    expect(event({ metadata: { order_id: {} } }).orderId).toBeNull();
    expect(event({ metadata: 'text' }).flags).toEqual([]);
  });

  test('thousands of unreadable entries are read in one go and flagged a hundred times', () => {
    expect(event({ payments: Array.from({ length: 50_000 }, () => '1') }).flags).toHaveLength(100);
  });
});

test.each([
  ['applepay', 'apple_pay'],
  ['apple_pay', 'apple_pay'],
  ['googlepay', 'google_pay'],
  ['google_pay', 'google_pay'],
  ['cash_on_delivery', 'cash_on_delivery'],
  ['Wallet', 'wallet'],
])('paytype %s is %s, and kept as sent', (paytype, method) => {
  expect(event({ paytype }).facts).toEqual({ paytype, method });
});

describe('the parcel', () => {
  test('waybills are trimmed, unique and sorted', () => {
    const sent = { express_waybills: ['20450000000002', ' 20450000000001 ', '20450000000002', ''] };
    expect(event({ delivery: sent }).delivery?.waybills).toEqual(['20450000000001', '20450000000002']);
    expect(event({ delivery: { express_waybills: 'AB1' } }).delivery?.waybills).toEqual(['AB1']);
  });

  test('failures are read from both places, as a list or a text', () => {
    const sent = { metadata: { ew_fail_reason: ['a', 'b'] }, delivery: { ew_fail_reason: 'b' } };
    expect(event(sent).delivery?.failureReasons).toEqual(['b', 'a']);
    expect(event({ metadata: { ew_fail_reason: ['a'] } }).delivery).toEqual({
      waybills: [],
      failureReasons: ['a'],
      carrier: null,
    });
  });

  test.each([
    ['1', 'awaiting_handover'],
    ['2', 'deleted'],
    ['3', 'not_found'],
    ['41', 'in_transit'],
    ['8', 'ready_for_pickup'],
    ['105', 'storage_expired'],
    ['103', 'refused'],
    ['111', 'delivery_attempt_failed'],
    ['12', 'packing'],
    ['999', 'carrier_unknown'],
  ])('carrier code %s is %s', (code, status) => {
    expect(event({ delivery: { delivery_status_code: code } }).delivery?.carrier).toEqual({ code, text: null, status });
  });

  test.each(['11', ' 11 ', '11.0', '011'])('carrier code %j is received, and its cash paid out', (code) => {
    const { delivery } = event({ delivery: { delivery_status_code: code } });
    expect(delivery?.carrier).toEqual({ code: '11', text: null, status: 'received', paidOut: true });
  });

  test('what is no parcel is flagged', () => {
    expect(event({ delivery: 'soon' })).toMatchObject({ delivery: null, flags: [{ field: 'delivery' }] });
    expect(event({ delivery: { express_waybills: [{}] } }).flags).toEqual([
      { code: 'unreadable_field', field: 'delivery.express_waybills' },
    ]);
  });
});

test('an address of any spelling is people’s data', () => {
  const delivery = { address: { street: 'Хрещатик', flat: '7' }, recipient_city: 'Київ' };
  expect(event({ delivery }).people.recipient_address).toBe('Київ, Хрещатик, 7');
  const readable = {
    recipient_city: 'city-ref',
    recipient_city_description: 'Київ',
    recipient_warehouse_description: 'Відділення №1',
    recipient_street: 'Хрещатик',
    recipient_house: '22',
  };
  expect(event({ delivery: readable }).people.recipient_address).toBe('Київ, Відділення №1, city-ref, Хрещатик, 22');
  expect(unmappedFields({ delivery: readable }, UNDERSTOOD)).toEqual({});
  expect(event({ delivery: { recipientCityDescription: 'Київ' } }).people.recipient_address).toBe('Київ');
});

test('samples are what they are called', () => {
  expect(built('waybill-created').delivery?.waybills[0]).toMatch(/^20\d{12}$/);
  expect(built('waybill-failed').delivery?.failureReasons).toHaveLength(2);
  expect(built('payments').payments).toHaveLength(2);
  expect(built('card').facts).toMatchObject({ method: 'google_pay', terminal: 'NP-CHECKOUT-01' });
  expect(built('card').payments[0]?.details).toMatchObject({ card_type: 'VISA' });
  expect(built('card').people).toMatchObject({ client_email: 'olena@shop.example', client_ip: '203.0.113.17' });
  expect(built('delivered')).toMatchObject({
    delivery: { carrier: { status: 'received' } },
    facts: { delivery_amount: '70' },
  });
  expect(built('cash-on-delivery').facts.method).toBe('cash_on_delivery');
  expect(built('holded').status.word).toBe('on_hold');
  expect(built('paid').createdAt).toBe('2026-03-01T11:56:00.000000Z');
});

test('the signed body has numbers where the provider has them', async () => {
  const { body } = await sign(
    { amount: '53.00', external_id: '12', products: [{ price: '17', count: '1' }] },
    createKeyPair().sign ?? '',
  );
  expect(new TextDecoder().decode(body)).toBe(
    '{"amount":53.00,"external_id":"12","products":[{"price":17,"count":1}]}',
  );
});

test('a session is known by its id in lower case', () => {
  expect(event({ id: SESSION.toUpperCase() }).invoiceId).toBe(SESSION);
});
