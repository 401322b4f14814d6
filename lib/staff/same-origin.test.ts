import { expect, test } from 'vitest';
import { isMisnamed, isSameOrigin } from './same-origin';

const asked = (headers: Record<string, string>): boolean =>
  isSameOrigin(new Headers({ host: 'desk.example', ...headers }));

test('our own pages may act', () => {
  expect(asked({ origin: 'https://desk.example', 'sec-fetch-site': 'same-origin' })).toBe(true);
  expect(asked({ origin: 'https://desk.example' })).toBe(true);
  expect(asked({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(true);
  expect(asked({ host: '127.0.0.1:3000', 'x-forwarded-host': 'desk.example', origin: 'https://desk.example' })).toBe(
    true,
  );
});

test('nobody else may', () => {
  expect(asked({})).toBe(false);
  expect(asked({ origin: 'null' })).toBe(false);
  expect(asked({ origin: 'https://evil.example' })).toBe(false);
  expect(asked({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(false);
  expect(asked({ origin: 'https://desk.example', 'sec-fetch-site': 'cross-site' })).toBe(false);
  expect(asked({ origin: 'https://other.desk.example', 'sec-fetch-site': 'same-site' })).toBe(false);
  expect(asked({ 'sec-fetch-site': 'none' })).toBe(false);
});

test.each([
  ['the port is missing', { origin: 'https://desk.example:18443', 'sec-fetch-site': 'same-origin' }, true],
  ['the name is an inner one', { host: 'inner:3000', origin: 'https://desk.example' }, true],
  [
    'the first name of a list is ours',
    { 'x-forwarded-host': 'desk.example, inner', origin: 'https://desk.example' },
    false,
  ],
  ['another site asks', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
  ['a sibling asks', { origin: 'https://shop.desk.example', 'sec-fetch-site': 'same-site' }, false],
  ['no origin is said', { origin: 'null', 'sec-fetch-site': 'same-origin' }, false],
  ['the origin is nonsense', { origin: 'desk' }, false],
])('what a proxy misnamed is told from what another site sends: %s', (_, headers: Record<string, string>, misnamed) => {
  const all = new Headers({ host: 'desk.example', ...headers });
  expect(isMisnamed(all)).toBe(misnamed);
  if (misnamed) expect(isSameOrigin(all)).toBe(false);
});
