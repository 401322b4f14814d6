import { createTranslator } from 'next-intl';
import { expect, test } from 'vitest';
import { readMessages } from '@/i18n/catalogue';
import { valueWords } from './act-words';

test.each([
  ['rows', 12345, '12\u202f345'],
  [
    'totals',
    'gross 1234.50 UAH; crypto_paid -0.1 USDT_TRC20; postbacks 3',
    'gross 1\u202f234,50 UAH; crypto_paid \u22120,1 USDT_TRC20; postbacks 3',
  ],
  ['name', 'Shop 1.5', 'Shop 1.5'],
  ['names_searchable', false, 'ні'],
  ['role', 'owner', 'Власник'],
  ['field', 'client_phone', 'Телефон'],
])('the value of %s is said in Ukrainian', async (field, value, shown) => {
  const t = createTranslator({ locale: 'uk', messages: await readMessages('uk', true) });
  expect(valueWords(t, 'uk', field, value)).toBe(shown);
});
