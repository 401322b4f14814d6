import { expect, test } from 'vitest';
import { byUnit, isCoin } from './units';

test('hryvnias and dollars stand before the coins, and nothing else is one of them', () => {
  const units = ['USDT_TRC20', 'USD', null, 'BTC', 'UAH', 'EUR'];
  expect([...units].sort(byUnit)).toEqual(['UAH', 'USD', null, 'BTC', 'EUR', 'USDT_TRC20']);
  expect(units.filter(isCoin)).toEqual(['USDT_TRC20', null, 'BTC', 'EUR']);
});
