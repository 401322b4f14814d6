import { topUp } from '@/lib/providers/cryptocloud-family';
import type { Fields } from '@/lib/providers/provider';
import type { Shop } from '../deployment';
import {
  altered,
  bodyText,
  inSeconds,
  sampleOf,
  signed,
  tokenFor,
  withHeaders,
  withoutHeader,
  withToken,
} from '../signed';
import { accepted, type Case, RECEIVED } from './case';

/** The six fields alone, so that nothing else says the amount. */
function flat(shop: Shop, change: Fields = {}): Fields {
  const { invoice_info: _, ...fields } = sampleOf(shop, 'paid');
  return { ...fields, ...change };
}

const HOSTILE_ORDERS = ['=HYPERLINK("https://evil.example","x")', '<img src=x onerror=alert(1)>', "' OR 1=1 --"];

const paid = { status: 'paid', amount: '24.61', currency: 'USDT_TRC20', is_test: false };

/** What a sender may call the same body. */
const MISLABELLED = [
  ['nothing at all', 'json', null],
  ['text/plain', 'json', 'text/plain'],
  ['a form', 'json', 'application/x-www-form-urlencoded'],
  ['JSON', 'form', 'application/json'],
  ['text/plain', 'form', 'text/plain; charset=utf-8'],
  ['nothing at all', 'form', null],
] as const;

const mislabelled: readonly Case[] = MISLABELLED.map(([name, format, contentType]) => ({
  title: `16 a ${format} body that calls itself ${name}`,
  requests: async (shop) => {
    const request = await signed(shop, sampleOf(shop, 'paid'), { format });
    return [
      contentType === null
        ? withoutHeader(request, 'content-type')
        : withHeaders(request, { 'content-type': contentType }),
    ];
  },
  answers: [RECEIVED],
  kept: [format === 'json' ? accepted() : accepted('no_details')],
  invoices: [paid],
}));

const NO_ORDERS: readonly (readonly [string, Fields])[] = [
  ['null', { order_id: null }],
  ['empty', { order_id: '' }],
  ['the word None', { order_id: 'None' }],
];

const withoutOrder: readonly Case[] = NO_ORDERS.map(([name, order]) => ({
  title: `3 an order that is ${name}`,
  requests: async (shop) => [await signed(shop, { ...sampleOf(shop, 'paid'), ...order })],
  answers: [RECEIVED],
  kept: [accepted()],
  invoices: [{ ...paid, order_id: null }],
}));

const everyProvider: readonly Case[] = ['cryptocloud', 'cryptocloud-v1', 'trybit', 'novapay'].map((provider) => ({
  title: `1 a valid postback of ${provider}`,
  provider,
  requests: async (shop) => [await signed(shop, sampleOf(shop, 'paid'))],
  answers: [RECEIVED],
  kept: [provider === 'cryptocloud-v1' ? accepted('no_details') : accepted()],
  invoices: [{ status: 'paid', is_test: false, test_mode_known: provider !== 'cryptocloud-v1' }],
}));

export const GENUINE: readonly Case[] = [
  ...everyProvider,
  {
    title: '2 the same as a form: six fields, test mode unknown',
    requests: async (shop) => [await signed(shop, sampleOf(shop, 'paid'), { format: 'form' })],
    answers: [RECEIVED],
    kept: [accepted('no_details')],
    invoices: [{ ...paid, test_mode_known: false }],
  },
  ...withoutOrder,
  {
    title: '3 no order at all',
    requests: async (shop) => {
      const { order_id: _, ...fields } = sampleOf(shop, 'paid');
      return [await signed(shop, fields)];
    },
    answers: [RECEIVED],
    kept: [accepted()],
    invoices: [{ ...paid, order_id: null }],
  },
  {
    title: '4 a retry: a new token, the same content',
    requests: async (shop) => {
      const fields = sampleOf(shop, 'paid');
      return [await signed(shop, fields), await signed(shop, fields, { at: -60 })];
    },
    answers: [RECEIVED, RECEIVED],
    kept: [
      { outcome: 'accepted', duplicates: 1 },
      { outcome: 'duplicate', body: null },
    ],
    invoices: [{ ...paid, transactions: ['payment 24.61 USDT_TRC20'] }],
  },
  {
    title: '6 a top-up: a larger amount with the known hash and a further one',
    requests: async (shop) => {
      const first = sampleOf(shop, 'partial');
      return [await signed(shop, first), await signed(shop, topUp(first, '14.11'), { at: -60 })];
    },
    answers: [RECEIVED, RECEIVED],
    kept: [accepted(), accepted()],
    invoices: [
      { status: 'paid', amount: '24.61', transactions: ['payment 10.5 USDT_TRC20', 'top_up 14.11 USDT_TRC20'] },
    ],
  },
  {
    title: '6 the same token with another amount',
    requests: async (shop) => {
      const request = await signed(shop, sampleOf(shop, 'paid'));
      return [request, altered(request, (text) => text.replace('"amount_crypto":24.61', '"amount_crypto":24610'))];
    },
    answers: [RECEIVED, RECEIVED],
    kept: [accepted(), { outcome: 'contradiction', reason: 'same_token', reason_field: 'amount_crypto' }],
    invoices: [{ ...paid, attention: ['contradiction'], transactions: ['payment 24.61 USDT_TRC20'] }],
  },
  {
    title: '10 expired 20 seconds ago, within the leeway',
    requests: async (shop) => [await signed(shop, sampleOf(shop, 'paid'), { at: -320 })],
    answers: [RECEIVED],
    kept: [accepted()],
  },
  {
    title: '10 a token that lives for an hour',
    requests: async (shop) => {
      const fields = sampleOf(shop, 'paid');
      return [withToken(shop, fields, tokenFor(shop.key, fields, { claims: { exp: inSeconds(3_600) } }))];
    },
    answers: [RECEIVED],
    kept: [accepted('long_lived_token')],
  },
  ...mislabelled,
  {
    title: '17a a token whose id is a number, and one without any',
    requests: async (shop) => {
      const fields = [sampleOf(shop, 'paid'), sampleOf(shop, 'paid')];
      const [first = {}, second = {}] = fields;
      return [
        withToken(shop, first, tokenFor(shop.key, first, { claims: { id: 13 } })),
        withToken(shop, second, tokenFor(shop.key, second, { claims: { id: undefined } })),
      ];
    },
    answers: [RECEIVED, RECEIVED],
    kept: [
      { ...accepted('unbound_token'), verified: 'jwt_unbound' },
      { ...accepted('unbound_token'), verified: 'jwt_unbound' },
    ],
  },
  {
    title: '23 NUL, a lone surrogate and right-to-left marks in an order',
    requests: async (shop) => [await signed(shop, { ...sampleOf(shop, 'paid'), order_id: 'a\u0000b\ud800c\u202Ed' })],
    answers: [RECEIVED],
    kept: [accepted()],
    invoices: [{ ...paid, order_id: 'a\uFFFDb\uFFFDc\u202Ed' }],
  },
  {
    title: '23 an order of 50 KB',
    requests: async (shop) => [await signed(shop, { ...sampleOf(shop, 'paid'), order_id: 'x'.repeat(50_000) })],
    answers: [RECEIVED],
    kept: [accepted()],
    invoices: [{ ...paid, order_id: 'x'.repeat(50_000) }],
  },
  {
    title: '24 __proto__ and constructor among the keys',
    requests: async (shop) => {
      const request = await signed(shop, sampleOf(shop, 'paid'));
      const more = '{"__proto__":{"status":"canceled","isAdmin":true},"constructor":{"prototype":{"x":1}},';
      return [altered(request, (text) => text.replace('{', more))];
    },
    answers: [RECEIVED],
    kept: [accepted()],
    invoices: [paid],
  },
  {
    title: '25 amounts that a JavaScript number would round, an exponent, digits as text',
    requests: async (shop) => {
      const amounts = ['0.000000000000000001', '1234567.123456789012345678', '1.13e-05', '24.6100'];
      const requests = amounts.map(async (amount) => {
        const request = await signed(shop, flat(shop, { amount_crypto: amount }));
        return amount === '24.6100' ? altered(request, (text) => text.replace('24.6100', '"24.6100"')) : request;
      });
      return Promise.all(requests);
    },
    answers: [RECEIVED, RECEIVED, RECEIVED, RECEIVED],
    invoices: [
      { amount: '0.000000000000000001' },
      { amount: '1234567.123456789012345678' },
      { amount: '0.0000113' },
      { amount: '24.6100' },
    ],
  },
  {
    title: '26 a status, a currency and fields that nobody knows',
    requests: async (shop) => {
      const { invoice_info: details, ...fields } = sampleOf(shop, 'paid');
      const invoice = { ...(details as Fields), status: 'frozen', mood: 'good' };
      return [await signed(shop, { ...fields, currency: 'GOLD_MOON', weather: 'rain', invoice_info: invoice })];
    },
    answers: [RECEIVED],
    kept: [accepted('unknown_status')],
    invoices: [{ status: 'unknown', currency: 'GOLD_MOON' }],
  },
  {
    title: '27 a payment in the provider’s test mode',
    requests: async (shop) => [await signed(shop, sampleOf(shop, 'test-mode'))],
    answers: [RECEIVED],
    kept: [accepted()],
    invoices: [{ ...paid, is_test: true, test_mode_known: true }],
  },
  {
    title: '30 orders that a spreadsheet, a browser or a database would run',
    requests: async (shop) => Promise.all(HOSTILE_ORDERS.map((order) => signed(shop, flat(shop, { order_id: order })))),
    answers: [RECEIVED, RECEIVED, RECEIVED],
    invoices: HOSTILE_ORDERS.map((order) => ({ order_id: order })),
  },
  {
    title: 'blanks around the token, and a Python bytes literal',
    requests: async (shop) => {
      const requests = [await signed(shop, sampleOf(shop, 'paid')), await signed(shop, sampleOf(shop, 'paid'))];
      const wraps = [(token: string) => `  ${token} `, (token: string) => `b'${token}'`];
      return requests.map((request, index) =>
        altered(request, () => bodyText(request).replace(/(?<="token":")[^"]+/, wraps[index] ?? String)),
      );
    },
    answers: [RECEIVED, RECEIVED],
    kept: [accepted(), accepted()],
  },
  {
    title: 'a required field that is missing, with a good token',
    requests: async (shop) => {
      const { currency: _, ...fields } = sampleOf(shop, 'paid');
      return [await signed(shop, fields)];
    },
    answers: [{ status: 400, body: { error: 'currency is missing' } }],
    kept: [{ outcome: 'incomplete', reason: 'missing', reason_field: 'currency', answer_status: 400 }],
  },
];
