import { describe, expect, it, test } from 'vitest';
import { coinOf, networkOf } from './currency-code';
import { explorerLink, formatWaybill, isDomesticWaybill, trackingLink } from './explorers';

const HASH = 'a'.repeat(64);

describe('explorerLink', () => {
  it.each([
    ['USDT_TRC20', `https://tronscan.org/#/transaction/${HASH}`],
    ['TRX', `https://tronscan.org/#/transaction/${HASH}`],
    ['ETH', `https://etherscan.io/tx/${HASH}`],
    ['ETH_ARB', `https://arbiscan.io/tx/${HASH}`],
    ['BTC', `https://mempool.space/tx/${HASH}`],
    ['DOGE', null],
    ['constructor', null],
    [null, null],
  ])('%s', (currency, link) => {
    expect(explorerLink(currency, HASH)).toBe(link);
  });

  it('makes no link of what is no hash', () => {
    for (const hash of ['javascript:alert(1)', '../../x', `${HASH}?a=b`, '', `0x${HASH}0`]) {
      expect(explorerLink('BTC', hash)).toBe(null);
    }
  });
});

describe('waybills', () => {
  it('are written as on the label', () => {
    expect(formatWaybill('20450012345678')).toBe('20 4500 1234 5678');
    expect(formatWaybill('2045001234')).toBe('2045001234');
    expect(isDomesticWaybill('59000012345678')).toBe(true);
    expect(isDomesticWaybill('20450012345')).toBe(false);
  });

  it('are tracked only when they look like one', () => {
    expect(trackingLink('20450012345678')).toBe('https://novaposhta.ua/tracking/?cargo_number=20450012345678');
    expect(trackingLink('x" onclick="')).toBe(null);
  });
});

test.each([
  ['USDT_TRC20', 'TRC20', 'USDT'],
  ['ETH_ARB', 'ARB', 'ETH'],
  ['BTC', 'BTC', 'BTC'],
  ['ETH', 'ERC20', 'ETH'],
  ['TRX', 'TRC20', 'TRX'],
  ['BNB', 'BSC', 'BNB'],
  ['DOGE', null, 'DOGE'],
  ['a_b', null, 'a_b'],
  ['constructor', null, 'constructor'],
  [null, null, null],
])('the code %s names the network %s and the coin %s', (code, network, coin) => {
  expect([networkOf(code), coinOf(code)]).toEqual([network, coin]);
});
