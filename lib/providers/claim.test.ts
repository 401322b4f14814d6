import { describe, expect, it, test } from 'vitest';
import { claimInBytes, claimOf, NO_CLAIM } from './claim';
import { cryptocloud } from './cryptocloud';
import { novapay } from './novapay';
import type { Fields, Provider } from './provider';

const SESSION = '0f9e8d7c-1111-4222-8333-444455556666';

function ofFields(provider: Provider, fields: Fields) {
  return claimOf(fields, provider);
}

function ofText(provider: Provider, body: string | Uint8Array) {
  return claimInBytes(typeof body === 'string' ? new TextEncoder().encode(body) : body, provider);
}

describe('What decoded fields claim', () => {
  test('at CryptoCloud', () => {
    const info = { uuid: 'INV-QW3RTY78', status: 'overpaid', tx_list: ['0xaa', '', '0xbb'], address: 'TXyz' };
    const fields: Fields = {
      status: 'success',
      amount_crypto: '12.50',
      currency: 'USDT_TRC20',
      order_id: ' ORDER-770 ',
    };
    expect(ofFields(cryptocloud, { ...fields, invoice_info: info })).toEqual({
      invoiceId: 'QW3RTY78',
      orderIds: ['ORDER-770'],
      status: 'overpaid',
      amount: '12.50',
      currency: 'USDT_TRC20',
      hashes: ['0xaa', '0xbb'],
      address: 'TXyz',
      waybills: [],
    });
    expect(ofFields(cryptocloud, { ...fields, invoice_info: JSON.stringify(info) }).hashes).toEqual(['0xaa', '0xbb']);
  });

  test('at NovaPay, with one payment and with several', () => {
    const fields: Fields = { id: SESSION, status: 'holded', delivery: { express_waybills: ['20450000000001'] } };
    expect(ofFields(novapay, { ...fields, external_id: '63001', amount: '53' })).toEqual({
      ...NO_CLAIM,
      invoiceId: SESSION,
      orderIds: ['63001'],
      status: 'holded',
      amount: '53',
      currency: 'UAH',
      waybills: ['20450000000001'],
    });
    const payments = [
      { external_id: 'A', amount: '53.10' },
      { external_id: 'B', amount: '7' },
    ];
    expect(ofFields(novapay, { payments, metadata: { order_id: '77' } })).toMatchObject({
      orderIds: ['A', 'B'],
      amount: '60.10',
    });
    expect(ofFields(novapay, { external_id: null, metadata: { order_id: '77' } }).orderIds).toEqual(['77']);
  });

  it('has nothing of the customer', () => {
    const people = {
      client_first_name: 'Олена',
      client_phone: '+380501112233',
      client_email: 'o@mail.example',
      delivery: { recipient_last_name: 'Мельник', recipient_phone: '+380671112233', recipient_city: 'Київ' },
    };
    expect(ofFields(novapay, people)).toEqual(NO_CLAIM);
    expect(ofText(novapay, JSON.stringify(people).slice(0, -1))).toEqual(NO_CLAIM);
  });

  test.each([null, '', ' ', 'None', 'null', 'undefined', true, [], {}])('%j is no order', (order) => {
    expect(ofFields(cryptocloud, { order_id: order }).orderIds).toEqual([]);
  });

  it('keeps an amount that is no number as it was sent', () => {
    expect(ofFields(cryptocloud, { amount_crypto: 'a lot' }).amount).toBe('a lot');
  });

  it('is bounded and well formed, whatever is sent', () => {
    const hostile = ofFields(cryptocloud, {
      order_id: `${'x'.repeat(199)}😀${'y'.repeat(50_000)}`,
      invoice_id: 'A'.repeat(5_000),
      status: 's\0'.repeat(5_000),
      amount_crypto: '9'.repeat(5_000),
      invoice_info: { tx_list: Array.from({ length: 50_000 }, (_, index) => `0x${index}`) },
      __proto__: { order_id: 'inherited' },
    });
    expect(hostile.orderIds[0]).toBe(`${'x'.repeat(199)}\uFFFD`);
    expect(hostile.invoiceId).toBeNull();
    expect(hostile.hashes).toHaveLength(20);
    expect(hostile.amount).toHaveLength(64);
    expect(hostile.status).not.toContain('\0');
  });
});

describe('What a body claims that cannot be read', () => {
  const flat =
    '{"status":"paid","invoice_id":"INV-qw3rty78","amount_crypto":12.50,"currency":"USDT","order_id":"ORDER-770"';

  test.each([
    ['JSON with a comma too many', `${flat},}`],
    ['JSON that was cut off', flat],
    ['JSON with a field twice', `${flat},"status":"paid"}`],
    ['JSON with blanks around the colons', `${flat.replaceAll(':', ' : ')},}`],
    ['a Python dictionary', `${flat.replaceAll('"', "'")}}`],
    ['UTF-16', new Uint8Array(Buffer.from(`${flat}}`, 'utf16le'))],
    ['windows-1251', new Uint8Array(Buffer.concat([Buffer.from(flat), Buffer.from([0xcf, 0xf0, 0x7d])]))],
    [
      'a form with a field twice',
      'order_id=ORDER-770&invoice_id=INV-QW3RTY78&amount_crypto=12.50&currency=USDT&status=paid&status=paid',
    ],
    [
      'multipart',
      [
        ['status', 'paid'],
        ['invoice_id', 'QW3RTY78'],
        ['amount_crypto', '12.50'],
        ['currency', 'USDT'],
        ['order_id', 'ORDER-770'],
      ]
        .map(([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join(''),
    ],
    [
      'XML',
      '<p><status>paid</status><invoice_id>QW3RTY78</invoice_id><amount_crypto>12.50</amount_crypto><currency>USDT</currency><order_id>ORDER-770</order_id></p>',
    ],
  ])('is found in %s', (_, body) => {
    expect(ofText(cryptocloud, body)).toEqual({
      ...NO_CLAIM,
      invoiceId: 'QW3RTY78',
      orderIds: ['ORDER-770'],
      status: 'paid',
      amount: '12.50',
      currency: 'USDT',
    });
  });

  it('is read with its escapes and its lists', () => {
    const body = '{"order_id":"\\u0416-7\\n8","invoice_info":{"tx_list":["0xaa","0xbb"],},}';
    expect(ofText(cryptocloud, body)).toMatchObject({ orderIds: ['Ж-7\n8'], hashes: ['0xaa', '0xbb'] });
    expect(ofText(cryptocloud, 'order_id=%D0%96+7%zz&order_id=2').orderIds).toEqual(['%D0%96+7%zz']);
  });

  test.each(['', '\0', 'hello', '[]', '"order_id"', '{"order_id":', `{"order_id":"${'\\'.repeat(200_000)}`])(
    'is nothing or little in %.20j',
    (body) => {
      expect(ofText(cryptocloud, body)).toMatchObject({ invoiceId: null, amount: null });
    },
  );

  it('takes as long as the body, whatever is repeated in it', () => {
    const body = `${'"order_id" : "\\'.repeat(20_000)}${'order_id='.repeat(20_000)}${'<order_id>'.repeat(5_000)}`;
    expect(ofText(cryptocloud, body).orderIds.join('').length).toBeLessThanOrEqual(200);
  });
});

test('holds no text that a database refuses, whatever was sent', () => {
  const nasty = 'a\u0000b\ud800';
  const fields: Fields = {
    ...Object.fromEntries(
      ['status', 'invoice_id', 'amount_crypto', 'currency', 'order_id'].map((name) => [name, nasty]),
    ),
    invoice_info: { tx_list: [nasty], address: nasty },
  };
  const claimed = claimOf(fields, cryptocloud);
  const texts = Object.values(claimed)
    .flat()
    .filter((text) => text !== null);
  expect(texts).toHaveLength(7);
  for (const text of texts) expect(text.toLowerCase()).toBe('a\ufffdb\ufffd');
});
