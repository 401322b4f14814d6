import { expect, test } from 'vitest';
import { checkSecret, createSecret } from './credentials';

test('a fresh secret looks like the provider’s own', () => {
  expect(createSecret()).toMatch(/^[A-Za-z0-9]{36}$/);
  expect(createSecret()).not.toBe(createSecret());
  expect(checkSecret(createSecret())).toBe('ok');
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
])('%j is well known', (value) => expect(checkSecret(value)).toBe('well_known'));

test('a short one can be guessed', () => {
  expect(checkSecret('k3yk3yk3yk3yk3y')).toBe('too_short');
  expect(checkSecret('k3yk3yk3yk3yk3y1')).toBe('ok');
});
