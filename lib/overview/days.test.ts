import { describe, expect, it } from 'vitest';
import { heights, lastDays, todayAndLastWeek, toSeries } from './days';

describe('days', () => {
  // A payment may be dated in the future; it is none of today's.
  it('are those of the zone, and end with today', () => {
    const { dates, edges } = lastDays(3, 'Europe/Kyiv', new Date('2026-10-26T22:30:00Z'));
    expect(dates).toEqual(['2026-10-25', '2026-10-26', '2026-10-27']);
    expect(edges).toMatchObject({ until: new Date('2026-10-27T22:00:00Z'), over: 2 });
    expect(edges.begins.map((edge) => edge.toISOString())).toEqual([
      '2026-10-24T21:00:00.000Z',
      '2026-10-25T22:00:00.000Z',
      '2026-10-26T22:00:00.000Z',
    ]);
  });

  it('compare today with the same weekday up to the same time', () => {
    expect(todayAndLastWeek('Europe/Lisbon', new Date('2026-11-21T10:00:00Z'))).toEqual({
      today: { begins: [new Date('2026-11-21T00:00:00.000Z')], until: new Date('2026-11-22T00:00:00.000Z') },
      lastWeek: { begins: [new Date('2026-11-14T00:00:00.000Z')], until: new Date('2026-11-14T10:00:00.000Z') },
    });
  });
});

describe('series', () => {
  it('never add two units, and keep test and expected money apart', () => {
    const series = toSeries(
      [
        { part: 0, money: 'received', unit: 'TON', amount: '0.000000000000000001', count: 1 },
        { part: 1, money: 'received', unit: 'TON', amount: '2', count: 1 },
        { part: 1, money: 'test', unit: 'USD', amount: '9', count: 1 },
        { part: 0, money: 'received', unit: 'UAH', amount: '53', count: 2 },
        { part: 1, money: 'expected', unit: 'UAH', amount: '17', count: 1 },
      ],
      2,
    );
    expect(series.map(({ money, unit, total }) => [money, unit, total])).toEqual([
      ['received', 'UAH', '53'],
      ['received', 'TON', '2.000000000000000001'],
      ['expected', 'UAH', '17'],
      ['test', 'USD', '9'],
    ]);
    expect(series[1]?.amounts).toEqual(['0.000000000000000001', '2']);
  });

  it('are drawn in proportion, however many digits there are', () => {
    expect(heights(['0', '50', '100', '-20'])).toEqual([0, 500, 1000, 0]);
    expect(heights(['0.000000000000000001', '0.000000000000000002'])).toEqual([500, 1000]);
    expect(heights(['0', '0'])).toEqual([0, 0]);
  });
});
