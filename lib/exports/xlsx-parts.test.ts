import { expect, it } from 'vitest';
import { columnName, isExactNumber, serialOf } from './xlsx-parts';

it.each([
  ['123456789012345', true],
  ['1234567890123456', false],
  ['0.000000000000000001', true],
  ['-0.123456789012345', true],
  ['-0.1234567890123456', false],
  ['24.610000000000000000', true],
  ['1000000000000000000000', true],
  ['1234567.123456789012345678', false],
])('%s fits a spreadsheet exactly: %s', (decimal, fits) => {
  expect(isExactNumber(decimal)).toBe(fits);
});

it.each([
  ['2026-01-27 12:30:00', 46_049.520_833_333],
  ['2026-01-27T12:30:00.000001Z', 46_049.520_833_333],
  ['2026-03-29T01:30:00.500000Z', 46_110.062_505_787],
  ['1900-03-01 00:00:00', 61],
])('%s is day %s', (text, serial) => {
  expect(Number(serialOf(text))).toBeCloseTo(serial, 8);
});

it.each(['1899-12-31 00:00:00', 'yesterday', '12026-01-27 12:30:00', ''])('%j is no date of a spreadsheet', (text) => {
  expect(serialOf(text)).toBeNull();
});

it('columns go on with two letters', () => {
  expect([1, 26, 27, 52, 53].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA']);
});
