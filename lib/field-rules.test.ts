import { describe, expect, test } from 'vitest';
import { ADDRESS_FIELDS } from './address-fields';
import { fieldRules, isShownKey, leavesOf, MASK, placeIn, TOP, visibilityOf } from './field-rules';
import { novapay } from './providers/novapay';
import type { Fields, Value } from './providers/provider';

const RULES = fieldRules(novapay, ['shop.branch_note']);

function visibility(path: string, value: Value): string {
  const fields = path.split('.').reduceRight<Value>((inner, name) => ({ [name]: inner }), value) as Fields;
  const all = leavesOf(fields, RULES).map((leaf) => visibilityOf(leaf.place, leaf.value));
  return all.includes('masked') ? 'masked' : all.includes('short') ? 'short' : 'plain';
}

describe('a field to which no meaning is given', () => {
  test.each([
    ...['true', 'False', '0', '12', '12345678', '-1.50', '123456.78'],
    ...['1990-02-03', '03.02.1990', '03/02/1990', '2026-01-27 10:20:04.222439', '2026-01-27T12:20:04+02:00'],
  ])('shows %j to those who see masks', (text) => {
    expect(visibility('metadata.anything', text)).toBe('short');
  });

  test.each<[name: string, value: Value]>([
    ...['fullname', 'tel', 'fio', 'iban', 'comment', 'who', 'x', 'ПІБ'].map((name): [string, string] => [
      name,
      'Олена Коваленко',
    ]),
    ...['123456789', '+380671112233', '1234567.89', '12 34', '067-11-22', '1e5', 'yes', '203.0.113.17'].map(
      (value): [string, string] => ['attempts', value],
    ),
    ...['1990-02-03 Olena', '12345678901-02-03', '١٢٣٤', '１２３４', '12​34', 'MDY3MTExMjIzMw==', '{"a":1}'].map(
      (value): [string, string] => ['attempts', value],
    ),
    ['phone_parts', ['38', '067', '1112233']],
    ['nested', [[['Олена']]]],
    ['nested', { inner: [{ deeper: 'Олена' }] }],
  ])('masks %s: %j', (name, value) => {
    expect(visibility(`metadata.${name}`, value)).toBe('masked');
    expect(visibility(name, value)).toBe('masked');
  });

  test('shows a list of short numbers that reach nobody together', () => {
    expect(visibility('metadata.sizes', ['38', '40'])).toBe('short');
  });
});

describe('a harmless field', () => {
  test.each([
    ['metadata.utm_source', 'newsletter'],
    ['metadata.utm_campaign', 'Весняний розпродаж 2026'],
    ['metadata.utm_campaign', 'sale-2026-03-01-2026-03-31'],
    ['metadata.utm_id', '120210558877665544'],
    ['metadata.utmSource', 'google'],
    ['metadata.utm.source', 'google'],
    ['metadata.gclid', 'Cj0KCQiA5aWOBhDMARIsAIXLlkfNVtxq'],
    ['metadata.marketing_block_uk', 'Сплачуйте карткою.'],
    ['metadata.shop.branch_note', 'by the bridge'],
    ['products.image', 'https://shop.example/cup.jpg'],
  ])('is in plain view: %s %j', (path, value) => {
    expect(visibility(path, value)).toBe('plain');
  });

  test.each([
    ...['380671112233', '+38 (067) 111-22-33', 'call 067.111.22.33', '067_111_22_33', '067/111/22/33', '٠٦٧١١١٢٢٣٣'],
    ...['０６７１１１２２３３', '067​1112233', 'olena@shop.example', 'olena＠shop.example', 'olena%40shop.example'],
    ...['olena%2540shop.example', 'olena&#64;shop.example', 'b2xlbmFAc2hvcC5leGFtcGxl', '%D9%A0%D9%A6%D9%A71112233'],
    ...['{"name":"Olena"}', '[["Olena"]]', '067 111 22 33 067 111 22 44', '2026-01-01 0671112233'],
  ])('is masked where its value reaches somebody: %j', (value) => {
    expect(visibility('metadata.utm_content', value)).toBe('masked');
    expect(visibility('metadata.shop.branch_note', value)).toBe('masked');
  });

  test('is known by its whole path: neither what is in it, nor the same name elsewhere, nor a dot in a name', () => {
    expect(visibility('metadata.utm_source', { who: 'Олена' })).toBe('masked');
    expect(visibility('delivery.utm_source', 'Олена')).toBe('masked');
    const [leaf] = leavesOf({ 'metadata.utm_source': 'Олена' }, RULES);
    expect(leaf && visibilityOf(leaf.place, leaf.value)).toBe('masked');
  });
});

describe('a key', () => {
  const shown = (name: string, above = TOP): boolean => isShownKey(placeIn(RULES, above, name), name);

  test.each(['carrier', 'orderSource', 'client-source', '_ga', '$ref', 'RRN', '0', 'client_phone', 'line2'])(
    '%s is shown',
    (name) => {
      expect(shown(name)).toBe(true);
    },
  );

  test.each([
    ...['Olena Kovalenko', 'Олена', '380671112233', 'p380671112233', 'olena@shop.example', '067-111-22-33'],
    ...['Olena', '0671112', '', 'x'.repeat(100), '{"phone":"0671112233"}'],
  ])('%j may be data itself', (name) => {
    expect(shown(name)).toBe(false);
    expect(leavesOf({ metadata: { [name]: true } }, RULES)[0]?.shownPath).toBe(`metadata.${MASK}`);
  });

  test('within a customer’s data is one of theirs', () => {
    expect(shown('Olena Kovalenko', placeIn(RULES, TOP, 'client_phone'))).toBe(false);
  });
});

describe('customer data that is understood', () => {
  test.each([
    ['client_phone', '1234'],
    ['clientPhone', '1234'],
    ['client_email', 'x'],
    ['delivery.recipient_first_name', 'Т'],
    ['client_phone', { mobile: '1' }],
    ['card_details.pan', '444455******1111'],
  ] as const)('is masked whatever its value: %s %j', (path, value) => {
    expect(visibility(path, value)).toBe('masked');
  });

  test('other fields that are understood are plain, but not what is hidden in them', () => {
    expect(visibility('external_id', '380671112233')).toBe('plain');
    expect(visibility('delivery.express_waybills', ['20450011112222'])).toBe('plain');
    expect(visibility('external_id', '{"phone":"0671112233"}')).toBe('masked');
    expect(visibility('external_id', { phone: 'Олена' })).toBe('masked');
  });
});

describe('parts of an address', () => {
  const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

  test('are masked under every name that carriers give them, wherever they stand and also as numbers', () => {
    for (const name of ADDRESS_FIELDS.flatMap((field) => [field, camelCase(field)]))
      for (const path of [`delivery.${name}`, `metadata.${name}`, `metadata.shipping_${name}`, name])
        for (const value of ['с. Петрівка', '45а', '12', '01001'])
          expect([path, visibility(path, value)]).toEqual([path, 'masked']);
  });

  test('are masked within an object of that name', () => {
    expect(visibility('metadata.address.line', '12')).toBe('masked');
  });
});
