import { expect, it } from 'vitest';
import { postbackUrl } from './target';

const KEY = 'aB3_-aB3_-aB3_-aB3_-';
const SERVED = `http://localhost/api/postbacks/${KEY}`;
const NOBODYS = 'http://localhost/api/postbacks/-';

it.each([
  `/api/postbacks/${KEY}`,
  `/api/postbacks/${KEY}/`,
  `/api/postbacks/${KEY}//`,
  `/api/postbacks/${KEY}?order=1`,
  `/api/postbacks/${KEY}/?order=1`,
  `/api/postbacks/${KEY}#part`,
  `/api/postbacks//${KEY}`,
  `//api//postbacks/${KEY}`,
  `/api/postbacks/%61B3_-aB3_-aB3_-aB3_-`,
  `http://PAY.shop.example/api/postbacks/${KEY}`,
  `HTTPS://pay.shop.example:8443//api/postbacks/${KEY}/`,
])('serves %s itself', (target) => {
  expect(postbackUrl(target)).toBe(SERVED);
});

it.each([
  '/api/postbacks',
  '/api/postbacks/',
  '/api/postbacks/..',
  '/api/postbacks/../../sign-in',
  `/api/postbacks/..%2f${KEY}`,
  `/api/postbacks/${KEY}%00`,
  `/api/postbacks/${KEY}/more`,
  '/api/postbacks/%ff',
  '/api/postbacks/%',
  '/api/postbacks/\u0000',
  `/api/postbacks/${'x'.repeat(129)}`,
])('knows that %j belongs to nobody', (target) => {
  expect(postbackUrl(target)).toBe(NOBODYS);
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
  expect(postbackUrl(target)).toBeNull();
});
