import { expect, it } from 'vitest';
import { orderText, text } from './column';

it.each([
  ['4111 1111 1111 1111', '411111••••••1111', '411111••••••1111'],
  ['olena@example.com', 'olena@example.com', '•••'],
  ['+380671112233', '+380671112233', '•••'],
  ['380671112233', '380671112233', '380671112233'],
])('%s is written as text and as an order', (cell, asText, asOrder) => {
  expect(text('a', () => cell).get(null)).toBe(asText);
  expect(orderText('a', () => cell).get(null)).toBe(asOrder);
  expect(orderText('a', () => null).get(null)).toBeNull();
});
