import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNotificationUrl } from './notification-url';

const KEY = 'aB3_-aB3_-aB3_-aB3_-aB3_-aB3_-x9';
const PATH = `/api/postbacks/${KEY}`;

describe('The notification URL, however it is spelled', () => {
  it.each([
    PATH,
    `${PATH}/`,
    `${PATH}//`,
    `${PATH}?order=1`,
    `${PATH}/?order=1`,
    `${PATH}#part`,
    `/api/postbacks//${KEY}`,
    `//api//postbacks/${KEY}`,
    `/api/postbacks/%61${KEY.slice(1)}`,
    `http://PAY.shop.example${PATH}`,
    `HTTPS://pay.shop.example:8443//api/postbacks/${KEY}/`,
  ])('serves %s', (target) => {
    expect(readNotificationUrl(target)).toEqual({ key: KEY });
  });
});

describe('Something behind the URL that cannot be part of a key', () => {
  const behind = [
    ['line ends', ['%0A', '%0D%0A', '%0a%0a', '%09', '%E2%80%A8', '%C2%85']],
    ['blanks', ['%20', '+', '%C2%A0', '%E3%80%80', '%E2%80%8B', '%EF%BB%BF', '%20%20/']],
    [
      'punctuation',
      ['.', ',', ')', ';', ':', '!', ']', '}', '*', '**', '|', '\\', '...', '%2E', '%E2%80%A6', '—', '%E3%80%82'],
    ],
    [
      'quotes and brackets',
      ['%22', '"', "'", '`', '%3E', '>', '%E2%80%9D', '»', '%C2%BB', '%22%3E', '")', '&gt;', '&quot;'],
    ],
    ['underscores of Markdown', ['_', '__', '-', '_.']],
    ['bytes that are no text', ['%00', '%ff', '%', '%E2%80', '%250A', '%25250A']],
    ['a query whose first sign is encoded', ['%3Fa=1', '&utm_source=x', ';jsessionid=1', '%23top', '%2F', '%2f%3Fa=1']],
    ['a slash and more of it', ['/.', '/%0A', '/)', '/%20', '/%22', '.?a=1', '%0A?a=1', ')/']],
  ] as const;

  it.each(behind.flatMap(([kind, endings]) => endings.map((ending) => [kind, ending] as const)))(
    'ignores %s: %s',
    (_, ending) => {
      expect(readNotificationUrl(`${PATH}${ending}`)).toEqual({ key: KEY });
      expect(readNotificationUrl(`https://pay.shop.example${PATH}${ending}`)).toEqual({ key: KEY });
    },
  );
});

it.each([
  '/api/postbacks',
  '/api/postbacks/',
  '/api/postbacks/..',
  '/api/postbacks/../../sign-in',
  `/api/postbacks/..%2f${KEY}`,
  `/api/postbacks/x%2f${KEY}`,
  `${PATH}/more`,
  `${PATH}%2Fmore`,
  `${PATH}A`,
  `${PATH}.A`,
  PATH.slice(0, -1),
  `${PATH.slice(0, -1)}%00`,
  '/api/postbacks/%ff',
  '/api/postbacks/%',
  '/api/postbacks/\u0000',
  `/api/postbacks/${'x'.repeat(129)}`,
])('knows that %j belongs to nobody', (target) => {
  expect(readNotificationUrl(target)).toEqual({ key: null });
});

it.each([
  '/',
  '*',
  '',
  '//',
  '/api/postback/x',
  '/api/postbackss/x',
  '/invoices?next=/api/postbacks/x',
  'http://a.example',
])('leaves %j to Next', (target) => {
  expect(readNotificationUrl(target)).toBeNull();
});

it('never throws, and gives only what can be a key', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.boolean(), (text, behind) => {
      const key = readNotificationUrl(`${behind ? PATH : '/api/postbacks/'}${text}`)?.key ?? null;
      expect(key === null || /^[A-Za-z0-9_-]{32}$/.test(key)).toBe(true);
    }),
  );
});
