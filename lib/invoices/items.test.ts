import { describe, expect, it } from 'vitest';
import { checkItems, multiply } from './items';

describe('items', () => {
  it('multiplies exactly', () => {
    expect(multiply('2', '18')).toBe('36');
    expect(multiply('0.1', '0.2')).toBe('0.02');
    expect(multiply('-1.5', '2')).toBe('-3.0');
    expect(multiply('123456789012345678901234567890', '10')).toBe('1234567890123456789012345678900');
  });

  it('adds up to the amount, or says by how much it does not', () => {
    const items = [
      { description: 'a', count: '1', price: '17' },
      { description: 'b', count: '2', price: '18.00' },
    ];
    expect(checkItems(items, '53')).toEqual({ result: 'agree', sum: '53.00' });
    expect(checkItems(items, '54')).toEqual({ result: 'differ', sum: '53.00', by: '-1.00' });
    expect(checkItems(items, '52.999999999999999999')).toMatchObject({ result: 'differ', by: '0.000000000000000001' });
    expect(checkItems([...items, { description: 'c', count: null, price: '1' }], '53')).toEqual({ result: 'unknown' });
    expect(checkItems([], '53')).toEqual({ result: 'unknown' });
  });
});
