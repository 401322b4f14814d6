import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, compare, divide, isNumeric, isPositive, negate, parseDecimal, subtract } from './money';

describe('parseDecimal', () => {
  test.each([
    ['0.000113', '0.000113'],
    ['0.000000000000000001', '0.000000000000000001'],
    ['1234567.123456789012345678', '1234567.123456789012345678'],
    ['1.13e-05', '0.0000113'],
    ['1.499999996212864e-06', '0.000001499999996212864'],
    ['1.50E1', '15.0'],
    ['2e3', '2000'],
    ['007.50', '7.50'],
    ['53', '53'],
    ['53.00', '53.00'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+5', '5'],
    ['-1.10', '-1.10'],
    ['-0.00', '0.00'],
    [' 17 ', '17'],
    ['9'.repeat(30), '9'.repeat(30)],
  ])('%s is %s', (text, decimal) => {
    expect(parseDecimal(text)).toBe(decimal);
  });

  test.each([
    '',
    ' ',
    '.',
    '-',
    'e5',
    '.e5',
    'abc',
    '1,5',
    '1 000',
    '0x10',
    'NaN',
    'Infinity',
    '1e',
    '--1',
    '1.2.3',
    '١',
  ])('%j is no number', (text) => {
    expect(parseDecimal(text)).toBeNull();
    expect(isNumeric(text)).toBe(false);
  });

  test.each(['1E400', '1e9999999999', '1'.repeat(31), `0.${'1'.repeat(31)}`, '1e-31', '1E-99999999'])(
    '%s is a number but out of range',
    (text) => {
      expect(parseDecimal(text)).toBeNull();
      expect(isNumeric(text)).toBe(true);
    },
  );

  test('takes a time that does not grow with what a stranger sends', () => {
    const hostile = `${'1'.repeat(120_000)}.${'1'.repeat(120_000)}x`;
    expect(isNumeric(hostile)).toBe(false);
    expect(parseDecimal(`${'0'.repeat(200_000)}7`)).toBe('7');
  });
});

describe('arithmetic', () => {
  test('keeps the larger scale and every digit', () => {
    expect(add('0.1', '0.2')).toBe('0.3');
    expect(add('10.5', '14.11')).toBe('24.61');
    expect(add('1', '0.000000000000000001')).toBe('1.000000000000000001');
    expect(subtract('1.00', '1')).toBe('0.00');
    expect(subtract('0.5', '0.75')).toBe('-0.25');
    expect(negate('53.00')).toBe('-53.00');
    expect(negate('0.00')).toBe('0.00');
    expect(negate('-0.05')).toBe('0.05');
  });

  test('compares by value, not by scale or as text', () => {
    expect(compare('1.0', '1')).toBe(0);
    expect(compare('9', '10')).toBe(-1);
    expect(compare('-0.5', '-0.6')).toBe(1);
    expect(isPositive('0.000000000000000001')).toBe(true);
    expect(isPositive('0.00')).toBe(false);
    expect(isPositive('-1')).toBe(false);
  });

  test('what is added can be subtracted again', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }), fc.integer({ min: 0, max: 20 }))
      .map(([units, scale]) => parseDecimal(`${units}e-${scale}`) ?? '0');
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(compare(subtract(add(a, b), b), a)).toBe(0);
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
      }),
    );
  });
});

test.each([
  ['24.61', '24.61', '1'],
  ['100', '0.003', '33333.3333333'],
  ['2', '3', '0.666666666667'],
  ['1', '8', '0.125'],
  ['-10', '-4', '2.5'],
  ['-10', '4', '-2.5'],
  ['0', '7', '0'],
  ['1', '0', null],
  ['999999999999.5', '1', '1000000000000'],
  ['123456789012345', '1', '123456789012000'],
  ['0.000000000000000001', '3', '0.000000000000000000333333333333'],
  ['1', '1234567.123456789012345678', '0.0000008100005103'],
])('%s divided by %s is %s to twelve digits', (a, b, quotient) => {
  expect(divide(a, b, 12)).toBe(quotient);
});
