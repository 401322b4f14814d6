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
  // RFC 7515, appendix A.1, with its separators and in its own letter case.
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  'aaaaaaaaaaaaaaaaaaaaaaaa',
])('%j is well known', (value) => expect(checkSecret(value)).toBe('well_known'));

test('a short one can be guessed', () => {
  expect(checkSecret('k3yk3yk3yk3yk3y')).toBe('too_short');
  expect(checkSecret('k3yk3yk3yk3yk3y1')).toBe('ok');
});
