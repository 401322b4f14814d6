import { expect, test } from 'vitest';
import { contentSecurityPolicy, isTls } from './browser-policy';

const policy = contentSecurityPolicy('bm9uY2U', { development: false });

test('a script runs by its nonce alone', () => {
  const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
  expect(scripts).toBe("script-src 'nonce-bm9uY2U' 'strict-dynamic'");
});

test('what is not named is forbidden, and nobody frames us', () => {
  expect(policy).toMatch(/^default-src 'none'/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).not.toMatch(/style-src [^;]*unsafe-inline/);
  expect(policy).not.toMatch(/https?:|\*|data:/);
});

test.each([
  ['http:', undefined, false],
  ['https:', undefined, true],
  ['http:', 'https', true],
  ['http:', 'https, http', true],
  ['https:', 'http', false],
])('behind %s, forwarded as %s', (protocol, forwarded, expected) => {
  const headers = new Headers(forwarded === undefined ? {} : { 'x-forwarded-proto': forwarded });
  expect(isTls(headers, protocol)).toBe(expected);
});
