import { describe, expect, test } from 'vitest';
import { fromPostgres, parseInstant, toInstant } from './time';

describe('parseInstant', () => {
  test.each([
    ['2026-01-27 10:20:04.222439', '2026-01-27T10:20:04.222439Z'],
    ['2026-01-27T10:20:04', '2026-01-27T10:20:04.000000Z'],
    ['2026-01-27 10:20', '2026-01-27T10:20:00.000000Z'],
    ['2025-03-10T15:56:29.169+02:00', '2025-03-10T13:56:29.169000Z'],
    ['2025-03-10T00:30:00+0530', '2025-03-09T19:00:00.000000Z'],
    ['2025-12-31T23:30:00-01', '2026-01-01T00:30:00.000000Z'],
    ['2026-01-27T10:20:04.123456789Z', '2026-01-27T10:20:04.123456Z'],
    ['2024-02-29T12:00:00z', '2024-02-29T12:00:00.000000Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  test.each([
    '',
    'yesterday',
    '2026-01-27',
    '2026-02-30 10:00:00',
    '2025-02-29T12:00:00Z',
    '2026-13-01 10:00:00',
    '2026-01-01 24:00:00',
    '2026-01-01 10:60:00',
    '2026-01-01 10:00:60',
    '2026-01-01T10:00:00+99:00',
    '2026-01-01T10:00:00+02:75',
    '0000-01-01T00:00:00Z',
    '0099-01-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '0001-01-01T00:00:00+02:00',
    '9999-12-31T23:59:59-02:00',
    '0100-01-01T00:00:00+02:00',
    '1769509204',
  ])('%j is not an instant', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

test('a timestamp of PostgreSQL becomes an instant with six digits, so that instants sort as text', () => {
  expect(fromPostgres('2026-01-27 10:20:04.2+00')).toBe('2026-01-27T10:20:04.200000Z');
  expect(() => fromPostgres('infinity')).toThrow('infinity');
});

// One row that cannot be read is a whole list that cannot be shown.
test.each([
  ['1000-01-01 02:02:04+02:02:04', '1000-01-01T00:00:00.000000Z'],
  ['0099-12-31 19:03:58.25-04:56:02', '0100-01-01T00:00:00.250000Z'],
  ['10000-01-01 01:59:59.999999+02', '9999-12-31T23:59:59.999999Z'],
  ['0099-12-31 23:00:00+00', '0099-12-31T23:00:00.000000Z'],
  ['2026-01-27 15:50:04+05:30', '2026-01-27T10:20:04.000000Z'],
])("whatever PostgreSQL's zone and the year, %s can be read", (text, instant) => {
  expect(fromPostgres(text)).toBe(instant);
});

test('the clock has milliseconds', () => {
  expect(toInstant(new Date('2026-01-27T10:20:04.222Z'))).toBe('2026-01-27T10:20:04.222000Z');
});
