import { describe, expect, test } from 'vitest';
import { isHarmless, MASK, withoutPeople } from './personal';
import { ADDRESS_FIELDS } from './providers/novapay/schema';
import type { Fields } from './providers/provider';

describe('what names nobody', () => {
  test.each([
    ...['true', 'False', '0', '12', '12345678', '-1.50', '123456.78', ''],
    ...['1990-02-03', '03.02.1990', '03/02/1990', '2026-01-27 10:20:04.222439', '2026-01-27T12:20:04+02:00'],
  ])('%j is in plain view', (text) => {
    expect(isHarmless(text)).toBe(true);
  });

  test.each([
    ...['123456789', '+380671112233', '1234567.89', '12 34', '067-11-22', '1e5', 'yes', 'Olena', '203.0.113.17'],
    ...['1990-02-03 Olena', '2026-01-27T10:20', '12345678901-02-03', '١٢٣٤', `${'1'.repeat(400)}x`],
  ])('%j may name somebody', (text) => {
    expect(isHarmless(text)).toBe(text === '2026-01-27T10:20');
  });
});

describe('fields without a meaning', () => {
  const fields: Fields = {
    is_email_required: false,
    mail_sent_at: '2026-01-27T10:20:04Z',
    phone_attempts: '3',
    customer_phone: '+380671112233',
    name: 'Olena',
    emails: ['a@shop.example', true, '7'],
    contact: { viber: '0671112233', verified: true, children: [{ name: 'Taras', age: '7' }] },
    contacts: { 'Olena Kovalenko': true },
    source: 'site',
    carrier: '{"phone":"0671112233"}',
  };

  test('booleans, dates and short numbers are never masked, whatever their name', () => {
    expect(withoutPeople(fields, 'masked')).toEqual({
      is_email_required: false,
      mail_sent_at: '2026-01-27T10:20:04Z',
      phone_attempts: '3',
      customer_phone: MASK,
      name: MASK,
      emails: [MASK, true, '7'],
      contact: { viber: MASK, verified: true, children: [{ name: MASK, age: '7' }] },
      contacts: MASK,
      source: 'site',
      carrier: MASK,
    });
  });

  test('who may not see people gets none of the fields that may name them', () => {
    expect(withoutPeople(fields, 'left out')).toEqual({ source: 'site', carrier: MASK });
  });
});

describe('parts of an address', () => {
  const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  // A country tells nothing of where somebody lives.
  const parts = ADDRESS_FIELDS.filter((field) => !field.includes('country'));

  test('are masked under every name that carriers give them', () => {
    for (const name of parts.flatMap((field) => [field, camelCase(field)]))
      expect(withoutPeople({ [name]: 'с. Петрівка' }, 'masked'), name).toEqual({ [name]: MASK });
  });

  test('are left out for who may not see people', () => {
    const delivery = Object.fromEntries(parts.map((field) => [camelCase(field), '45а']));
    expect(withoutPeople({ delivery }, 'left out')).toEqual({ delivery: {} });
  });
});
