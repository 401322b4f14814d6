import { describe, expect, test } from 'vitest';
import { decodeBody } from '@/lib/body';
import type { Event, Fields, Value } from '../provider';
import { parse } from './parse';
import { samples, topUp } from './samples';

const NOW = new Date('2026-03-01T12:00:00.000Z');

/** As the documentation writes it, with values of our own: it ends before it begins, and the order is null. */
const DOCUMENTED = `{
  "status": "success", "invoice_id": "QW3RTY78", "amount_crypto": 0.000113, "currency": "BNB", "order_id": null,
  "token": "a.b.c",
  "invoice_info": {
    "uuid": "INV-QW3RTY78", "created": "2026-01-27 10:20:04.222439", "address": "0xab12",
    "currency": {"id": 20, "code": "BNB", "fullcode": "BNB", "name": "BNB",
      "network": {"code": "BSC", "id": 20, "icon": "https://cdn.example/BSC.svg", "fullname": "BNB Smart Chain"}},
    "date_finished": "2026-01-01 10:23:14.000940", "expiry_date": "2026-01-02 10:20:04.197389",
    "side_commission": "client", "type_payments": "crypto", "amount": 0.000113, "amount_": 0.000113,
    "status": "paid", "invoice_status": "success", "project": {"id": 1, "name": "Test", "success": "https://shop.example"},
    "tx_list": ["0xb", "0xa", "", "0xb"], "amount_in_crypto": null, "amount_in_fiat": 0.1, "amount_usd": 0.1,
    "amount_to_pay": 0.000113, "amount_to_pay_usd": 0.1, "amount_paid": 0.000113, "amount_paid_usd": 0.1,
    "fee": 0, "fee_usd": 0, "service_fee": 1.13e-05, "service_fee_usd": 0, "received": 0.000111, "received_usd": 0.1,
    "to_surcharge": 0, "to_surcharge_usd": 0, "total_rub": 0, "step": 3, "test_mode": false, "type": "up",
    "aml_enabled": false, "aml_side": "merchant", "aml_checks": [], "links_invoice": null
  }
}`;

function decoded(text: string): Fields {
  const result = decodeBody(new TextEncoder().encode(text), ['invoice_id']);
  if (!result.ok) throw new Error(result.detail);
  return result.fields;
}

function eventOf(fields: Fields): Event {
  const parsed = parse(fields);
  if (!parsed.ok) throw new Error(`${parsed.field} ${parsed.problem}`);
  return parsed.event;
}

const FLAT: Fields = {
  status: 'success',
  invoice_id: 'QW3RTY78',
  amount_crypto: '0.4567',
  currency: 'BTC',
  order_id: 'A1',
};

function withInfo(info: Record<string, Value>, flat: Record<string, Value> = {}): Fields {
  return { ...FLAT, ...flat, invoice_info: { uuid: 'INV-QW3RTY78', status: 'paid', test_mode: false, ...info } };
}

test('the documented body is understood whole', () => {
  expect(eventOf(decoded(DOCUMENTED))).toEqual({
    invoiceId: 'QW3RTY78',
    bookkeeping: 'transfers',
    status: { word: 'paid', raw: 'paid', basis: 'invoice', step: 0 },
    orderId: null,
    isTest: false,
    createdAt: '2026-01-27T10:20:04.222439Z',
    facts: {
      expires_at: '2026-01-02T10:20:04.197389Z',
      address: '0xab12',
      network: 'BSC',
      network_name: 'BNB Smart Chain',
      currency_name: 'BNB',
      fee_payer: 'client',
      type: 'up',
      payment_type: 'crypto',
      aml_enabled: 'false',
      aml_side: 'merchant',
      project_name: 'Test',
    },
    payments: [
      {
        externalId: null,
        hashes: ['0xb', '0xa'],
        amount: '0.000113',
        currency: 'BNB',
        amountUsd: '0.1',
        occurredAt: '2026-01-01T10:23:14.000940Z',
        amounts: {
          due: '0.000113',
          due_usd: '0.1',
          paid: '0.000113',
          paid_usd: '0.1',
          received: '0.000111',
          received_usd: '0.1',
          network_fee: '0',
          network_fee_usd: '0',
          service_fee: '0.0000113',
          service_fee_usd: '0',
          surcharge: '0',
          surcharge_usd: '0',
          fiat_amount: '0.1',
        },
        items: [],
      },
    ],
    delivery: null,
    people: {},
    flags: [],
  });
});

test('the six flat fields are enough, and say nothing of test mode', () => {
  const event = eventOf(FLAT);
  expect(event.status).toEqual({ word: 'paid', raw: 'success', basis: 'notification', step: 0 });
  expect(event).toMatchObject({ isTest: null, orderId: 'A1', flags: [{ code: 'no_details' }] });
  expect(event.payments[0]).toMatchObject({ amount: '0.4567', currency: 'BTC', hashes: [], amountUsd: null });
});

describe('required fields', () => {
  test.each(['status', 'invoice_id', 'amount_crypto', 'currency'])('%s', (field) => {
    const { [field]: _, ...without } = FLAT;
    expect(parse(without)).toEqual({ ok: false, field, problem: 'missing' });
    for (const blank of [null, '', '  '])
      expect(parse({ ...FLAT, [field]: blank })).toEqual({ ok: false, field, problem: 'missing' });
    for (const odd of [true, [], {}])
      expect(parse({ ...FLAT, [field]: odd })).toEqual({ ok: false, field, problem: 'unreadable' });
  });

  test('an amount that is no number, and an id that is only a prefix', () => {
    expect(parse({ ...FLAT, amount_crypto: 'a lot' })).toEqual({
      ok: false,
      field: 'amount_crypto',
      problem: 'unreadable',
    });
    expect(parse({ ...FLAT, invoice_id: 'INV-' })).toEqual({ ok: false, field: 'invoice_id', problem: 'unreadable' });
  });
});

test.each(['INV-qw3rty78', 'inv-QW3RTY78', ' qw3rty78 '])('the invoice %s is QW3RTY78', (id) => {
  expect(eventOf({ ...FLAT, invoice_id: id }).invoiceId).toBe('QW3RTY78');
});

test.each([null, '', ' ', 'None', 'null', undefined])('order %j is no order', (order) => {
  const { order_id: _, ...without } = FLAT;
  expect(eventOf(order === undefined ? without : { ...FLAT, order_id: order }).orderId).toBeNull();
});

test.each(['=HYPERLINK("x")', '<img onerror=x>', "' OR 1=1 --", '  spaced', 'x'.repeat(50_000)])(
  'order %s is kept',
  (order) => {
    expect(eventOf({ ...FLAT, order_id: order })).toMatchObject({ orderId: order });
  },
);

test('NUL and lone surrogates are replaced', () => {
  expect(eventOf({ ...FLAT, order_id: 'a\0b\ud800' }).orderId).toBe('a\uFFFDb\uFFFD');
});

describe('status', () => {
  test.each([
    ['paid', 'paid'],
    ['pago', 'paid'],
    ['overpaid', 'overpaid'],
    ['partial', 'partial'],
    ['created', 'created'],
    ['canceled', 'canceled'],
  ])('invoice_info.status %s is %s, whatever the outcome of the notification', (raw, word) => {
    expect(eventOf(withInfo({ status: raw })).status).toEqual({ word, raw, basis: 'invoice', step: 0 });
  });

  test('sucesso is success', () => {
    expect(eventOf({ ...FLAT, status: 'sucesso' }).status).toMatchObject({ word: 'paid', raw: 'sucesso' });
  });

  test('an unknown word is kept and flagged', () => {
    const event = eventOf(withInfo({ status: 'frozen' }));
    expect(event.status).toMatchObject({ word: 'unknown', raw: 'frozen', basis: 'invoice' });
    expect(event.flags).toEqual([{ code: 'unknown_status', field: 'invoice_info.status' }]);
  });

  test('details without a status leave it to the outcome', () => {
    expect(eventOf(withInfo({ status: null })).status).toMatchObject({ word: 'paid', basis: 'notification' });
  });
});

describe('amounts', () => {
  test.each(['0.000000000000000001', '1234567.123456789012345678'])('%s keeps its digits', (amount) => {
    expect(eventOf({ ...FLAT, amount_crypto: amount }).payments[0]?.amount).toBe(amount);
  });

  test.each(['0', '0.0', '-1', '1E400', '9'.repeat(31)])('%s is no money', (amount) => {
    const event = eventOf(withInfo({}, { amount_crypto: amount }));
    expect(event.payments[0]?.amount).toBeNull();
    expect(event.flags).toEqual([{ code: 'not_money', field: 'amount_crypto' }]);
  });

  test('a paid amount that differs by value is flagged, by scale not', () => {
    expect(eventOf(withInfo({ amount_paid: '0.45670' })).flags).toEqual([]);
    expect(eventOf(withInfo({ amount_paid: '0' })).flags).toEqual([]);
    expect(eventOf(withInfo({ amount_paid: '0.4' })).flags).toMatchObject([{ code: 'amounts_disagree' }]);
  });

  test('dollars come from what was paid, else from the price', () => {
    expect(eventOf(withInfo({ amount_paid_usd: '5', amount_usd: '6' })).payments[0]?.amountUsd).toBe('5');
    expect(eventOf(withInfo({ amount_paid_usd: '0', amount_usd: '6' })).payments[0]?.amountUsd).toBe('6');
    expect(eventOf(withInfo({ amount_paid_usd: '0' })).payments[0]?.amountUsd).toBeNull();
  });
});

describe('optional fields that cannot be read', () => {
  test.each<[string, Value]>([
    ['created', '2026-02-30 10:00:00'],
    ['date_finished', ['2026-01-01 10:00:00']],
    ['tx_list', '0xa'],
    ['tx_list', [{ hash: '0xa' }]],
    ['address', {}],
    ['test_mode', 'maybe'],
    ['fee', 'free'],
    ['uuid', 'INV-ANOTHER1'],
    ['status', []],
  ])('%s %j is flagged, not refused', (field, value) => {
    expect(eventOf(withInfo({ [field]: value })).flags).toEqual([
      { code: 'unreadable_field', field: `invoice_info.${field}` },
    ]);
  });

  test('details as JSON text are read, as anything else flagged', () => {
    expect(eventOf({ ...FLAT, invoice_info: '{"status":"overpaid","test_mode":true}' })).toMatchObject({
      status: { word: 'overpaid' },
      isTest: true,
      flags: [],
    });
    const flags = [{ code: 'no_details' }, { code: 'unreadable_field', field: 'invoice_info' }];
    for (const odd of ['{"a":', '[]', 'text', ['x'], true])
      expect(eventOf({ ...FLAT, invoice_info: odd }).flags).toEqual(flags);
    expect(eventOf({ ...FLAT, invoice_info: null }).flags).toEqual([{ code: 'no_details' }]);
  });
});

test.each<[Value, boolean | null]>([
  [true, true],
  [false, false],
  ['true', true],
  ['False', false],
  [null, null],
])('test_mode %j', (sent, isTest) => {
  expect(eventOf(withInfo({ test_mode: sent })).isTest).toBe(isTest);
});

test('a top-up keeps the hash, adds one and is the new total', () => {
  const partial = samples.find(({ name }) => name === 'partial')?.build(NOW) ?? {};
  const before = eventOf(partial);
  const after = eventOf(topUp(partial, '14.11'));
  expect(after.invoiceId).toBe(before.invoiceId);
  expect(after.payments[0]).toMatchObject({ amount: '24.61' });
  expect(after.payments[0]?.hashes).toEqual(expect.arrayContaining([...(before.payments[0]?.hashes ?? [])]));
  expect(after.payments[0]?.hashes).toHaveLength(2);
});

test('samples are what they are called', () => {
  const built = Object.fromEntries(samples.map(({ name, build }) => [name, eventOf(build(NOW))]));
  expect(built['test-mode']?.isTest).toBe(true);
  expect(built.overpaid?.status.word).toBe('overpaid');
  expect(built['static-wallet']?.invoiceId).toMatch(/^[A-Z0-9]{32}$/);
  expect(built['no-order']?.orderId).toBeNull();
  expect(built.paid?.orderId).toMatch(/^ORDER-\d{8}$/);
  expect(built.paid?.createdAt).toBe('2026-03-01T11:53:00.000000Z');
});

test('reads two hundred entries of a list, and flags that there are more', () => {
  const body = { status: 'success', invoice_id: 'A', amount_crypto: '1', currency: 'BNB' };
  const read = (count: number) => {
    const parsed = parse({ ...body, invoice_info: { tx_list: Array.from({ length: count }, (_, nth) => `h${nth}`) } });
    if (!parsed.ok) throw new Error(parsed.field);
    const isFlagged = parsed.event.flags.some(({ field }) => field === 'invoice_info.tx_list');
    return [parsed.event.payments[0]?.hashes.length, isFlagged];
  };
  expect([read(200), read(201)]).toEqual([
    [200, false],
    [200, true],
  ]);
});
