import { describe, expect, it } from 'vitest';
import { startOfDay } from '@/lib/zone';
import { clockOf, instantOf } from './instants';

describe('an instant', () => {
  it('has six digits of a second, whatever PostgreSQL left out', () => {
    expect(instantOf('2026-03-29 01:30:00+00')).toBe('2026-03-29T01:30:00.000000Z');
    expect(instantOf('2026-03-29 01:30:00.000001+00')).toBe('2026-03-29T01:30:00.000001Z');
    expect(instantOf('2026-03-29 01:30:00.5+00')).toBe('2026-03-29T01:30:00.500000Z');
  });
});

it.each([
  'Mon 30 Nov 14:55:46 2026 UTC',
  '30.11.2026 14:55:46 UTC',
  '30.11.2026 14:55:46+00',
  '11/30/2026 14:55:46+00',
  '2026-11-30 14:55+00',
  'infinity',
  '',
])('%j is no instant, and breaks a file off', (text) => {
  expect(() => instantOf(text)).toThrow('Not a timestamp of PostgreSQL');
});

describe('the wall clock', () => {
  it.each([
    // Clocks go forward at 01:00 UTC on the last Sunday of March, back at 01:00 UTC on the last of October.
    ['Europe/Kyiv', '2026-03-29T00:59:59.999999Z', '2026-03-29 02:59:59'],
    ['Europe/Kyiv', '2026-03-29T01:00:00.000000Z', '2026-03-29 04:00:00'],
    ['Europe/Kyiv', '2026-10-25T00:59:59.000000Z', '2026-10-25 03:59:59'],
    ['Europe/Kyiv', '2026-10-25T01:00:00.000000Z', '2026-10-25 03:00:00'],
    ['Europe/Lisbon', '2026-03-29T00:59:59.000000Z', '2026-03-29 00:59:59'],
    ['Europe/Lisbon', '2026-03-29T01:00:00.000000Z', '2026-03-29 02:00:00'],
    ['Europe/Lisbon', '2026-10-25T00:59:59.000000Z', '2026-10-25 01:59:59'],
    ['Europe/Lisbon', '2026-10-25T01:00:00.000000Z', '2026-10-25 01:00:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00.000000Z', '2026-01-01 05:45:00'],
  ])('of %s at %s says %s', (zone, instant, local) => {
    expect(clockOf(zone)(instant)).toBe(local);
  });

  it('of a year that no provider may send stays as it is stored', () => {
    const far = instantOf('12026-03-29 01:30:00+00');
    expect(clockOf('Europe/Kyiv')(far)).toBe(far);
  });

  it('agrees with the days of a period, on the long day and the short one', () => {
    for (const zone of ['Europe/Kyiv', 'Europe/Lisbon']) {
      const clock = clockOf(zone);
      for (const date of ['2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26']) {
        const first = startOfDay(date, zone);
        const micro = (at: number): string => clock(`${new Date(at).toISOString().slice(0, 23)}000Z`);
        expect(micro(first.getTime())).toBe(`${date} 00:00:00`);
        expect(micro(first.getTime() - 1)).toMatch(/ 23:59:59$/);
      }
    }
  });
});
