import { describe, expect, test } from 'vitest';
import type { ReplySentence, ToldCustomer } from '@/lib/invoices/customer-reply';
import { REPLY_LANGUAGES, type ReplyLanguage } from '@/lib/invoices/reply-language';
import { replyText } from './reply-text';

const CLOCK = { now: new Date('2026-01-27T08:00:00Z'), zone: 'Europe/Kyiv' };
const TOLD: ToldCustomer = {
  sentence: 'paid',
  order: 'A-1',
  amount: '1234.50',
  currency: 'UAH',
  missing: '0.4',
  payUntil: '2026-01-28T12:20:00.000000Z',
  refunded: '30.00',
  parcel: { sentence: 'moving', waybills: ['20450012345678'] },
};
const SENTENCES: readonly ReplySentence[] = [
  ...(['created', 'processing', 'canceled', 'failed', 'expired', 'on_hold', 'partial', 'partial_unknown'] as const),
  ...([
    'paid',
    'overpaid',
    'cash',
    'cash_collected',
    'cash_refused',
    'voided',
    'voided_unpaid',
    'voided_cash',
  ] as const),
];
const PARCELS = ['none', 'made', 'moving', 'ready', 'received'] as const;

describe('the text for the customer', () => {
  test.each([
    ['en', 'Your payment of 1\u202f234.50 UAH for order A-1 has arrived. We have given 30.00 UAH of it back to you. '],
    ['uk', 'Ваш платіж на 1\u202f234,50 UAH за замовлення A-1 надійшов. Із них 30,00 UAH ми вам повернули. '],
    [
      'pt',
      'O seu pagamento de 1\u202f234,50 UAH para a encomenda A-1 chegou. Desse valor, já lhe devolvemos 30,00 UAH. ',
    ],
    ['ru', 'Ваш платёж на 1\u202f234,50 UAH за заказ A-1 поступил. Из них 30,00 UAH мы вам вернули. '],
  ] as const)('has the digits of its own language: %s', (language, beginning) => {
    const text = replyText(TOLD, language, CLOCK);
    expect(text).toContain(beginning);
    expect(text).toMatch(/20 4500 1234 5678\.$/);
  });

  test.each([
    ['en', 'Please pay it by 28 Jan, 14:20 GMT+2.'],
    ['uk', 'Доплатіть, будь ласка, до 28 січ., 14:20 EET.'],
    ['pt', 'Pedimos-lhe que pague até 28/01, 14:20 EET.'],
    ['ru', 'Пожалуйста, доплатите до 28 янв., 14:20 EET.'],
  ] as const)('has the dates of its own language: %s', (language, end) => {
    const text = replyText({ ...TOLD, sentence: 'partial', refunded: null, parcel: null }, language, CLOCK);
    expect(text.replace(/EET|GMT\+2/, '')).toContain(end.replace(/EET|GMT\+2/, ''));
  });

  describe.each(REPLY_LANGUAGES)('in %s', (language: ReplyLanguage) => {
    test.each(SENTENCES)('%s reads well with and without order, amount and time', (sentence) => {
      for (const order of ['A-1', null])
        for (const amount of ['10', null])
          for (const payUntil of /created|partial$/.test(sentence) ? [TOLD.payUntil, null] : [null]) {
            const text = replyText(
              { ...TOLD, sentence, order, amount, payUntil, refunded: null, parcel: null },
              language,
              CLOCK,
            );
            expect(text).toMatch(/^\p{Lu}.*\.$/u);
            expect(text).not.toMatch(/ {2}| [.,;:]|[{}]|undefined|null|: *\./);
            expect(text.includes('A-1')).toBe(order !== null);
            if (amount === null) expect(text).not.toContain('10 UAH');
          }
    });

    test.each(PARCELS)('the parcel is told with and without a number: %s', (sentence) => {
      for (const waybills of [[], ['20450012345678'], ['20450012345678', 'CV999999999CZ']]) {
        const text = replyText({ ...TOLD, refunded: null, parcel: { sentence, waybills } }, language, CLOCK);
        expect(text).not.toMatch(/ {2}| [.,;:]|[{}]|: *\./);
        if (sentence !== 'none') for (const number of waybills) expect(text).toContain(number.slice(-4));
      }
    });
  });

  test('an order that runs from right to left stays in its place', () => {
    expect(replyText({ ...TOLD, order: 'هدية 5' }, 'en', CLOCK)).toContain('\u2068هدية 5\u2069');
  });
});
