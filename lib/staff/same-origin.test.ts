import { expect, test } from 'vitest';
import { isSameOrigin } from './same-origin';

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
