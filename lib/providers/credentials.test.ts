import { expect, test } from 'vitest';
import { createSecret, readSecret } from './credentials';

const SECRET = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xL3rU6';
const API_KEY = `${SECRET.replace(/^/, 'eyJ')}.eyJ1dWlkIjoiTVRJeiJ9.${SECRET}-_${SECRET}`;

function problemOf(entered: string): string | null {
  const reading = readSecret(entered);
  return reading.ok ? null : reading.problem;
}

test('a fresh secret looks like the provider’s own', () => {
  expect(createSecret()).toMatch(/^[A-Za-z0-9]{36}$/);
  expect(createSecret()).not.toBe(createSecret());
  const secret = createSecret();
  expect(readSecret(secret)).toEqual({ ok: true, value: secret });
});

test.each([
  'secret',
  'SECRET',
  'super-secret',
  'super_secret',
  'changeme',
  '',
  ' ',
  'your-256-bit-secret',
  '<SECRET KEY>',
  // RFC 7515, appendix A.1, with its separators and in its own letter case.
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  'aaaaaaaaaaaaaaaaaaaaaaaa',
])('%j is well known', (value) => expect(problemOf(value)).toBe('well_known'));

test('a short one can be guessed', () => {
  expect(problemOf('k3yk3yk3yk3yk3y')).toBe('too_short');
  expect(problemOf('k3yk3yk3yk3yk3y1')).toBeNull();
});

test.each([
  ['blanks', ` ${SECRET}\t\r\n`],
  ['invisible characters', `\u200B\uFEFF${SECRET}\u00A0\u2060`],
])('%s around a secret are no part of it', (_, entered) => {
  expect(readSecret(entered)).toEqual({ ok: true, value: SECRET });
});

test.each([
  ...[`"${SECRET}"`, `'${SECRET}'`, `\`${SECRET}\``, `“${SECRET}”`, `«${SECRET}»`, `„${SECRET}“`].map((text) => [
    text,
    'quoted',
  ]),
  ...[`"${SECRET}`, `${SECRET}'`, `<${SECRET}>`].map((text) => [text, 'quoted']),
  ...[`SECRET_KEY=${SECRET}`, `SECRET_KEY="${SECRET}"`, `SECRET KEY: ${SECRET}`, `secret = ${SECRET}`].map((text) => [
    text,
    'named',
  ]),
  ...[`export CRYPTOCLOUD_SECRET=${SECRET}`, `"secret_key": "${SECRET}"`, `'secret' : '${SECRET}',`].map((text) => [
    text,
    'named',
  ]),
  ...[API_KEY, `"${API_KEY}"`, `Token ${API_KEY}`, `Bearer ${API_KEY}`, API_KEY.replace(/\.[^.]*$/, '')].map((text) => [
    text,
    'api_key',
  ]),
  ...[`${SECRET} ${SECRET}`, `${SECRET.slice(0, 18)}\n${SECRET.slice(18)}`].map((text) => [text, 'not_a_secret']),
  ...[`••••••••••••••••••••${SECRET.slice(-4)}`, `****************${SECRET.slice(-4)}`].map((text) => [
    text,
    'not_a_secret',
  ]),
  ...['https://pay.shop.example/api/postbacks/abcdefgh', `${SECRET.slice(1)}а`].map((text) => [text, 'not_a_secret']),
  ['-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----', 'not_a_secret'],
])('%j can never be right: %s', (entered, problem) => {
  expect(problemOf(entered)).toBe(problem);
});

test('a secret that only looks unusual is taken as it is', () => {
  for (const secret of [
    'c2VjcmV0IG9mIGEgc2hvcCBpbiBiYXNlNjQ=',
    'c2VjcmV0IG9mIGEgc2hvcCBpbiBiYXNlNg==',
    'eyJaB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xL3',
    'with-dashes_and.dots-1234',
    '-sk_live/abc+def=ghi',
  ])
    expect(readSecret(secret)).toEqual({ ok: true, value: secret });
});
