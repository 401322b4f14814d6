import { describe, expect, it } from 'vitest';
import { addDays, allZones, dateIn, isDate, isZone, periodDates, readZone, startOfDay, weekday } from './zone';

describe('the edges of the calendar', () => {
  it.each(['UTC', 'Europe/Kyiv', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Etc/GMT+12'])(
    'are days like any other in %s',
    (zone) => {
      for (const date of ['9999-12-31', '0100-01-01']) {
        expect(isDate(date)).toBe(true);
        expect(dateIn(zone, startOfDay(date, zone))).toBe(date);
      }
      expect([addDays('9999-12-31', 1), addDays('9999-12-30', 1)]).toEqual(['9999-12-31', '9999-12-31']);
      expect(dateIn(zone, new Date('9999-12-31T23:59:59Z'))).toMatch(/^9999-12-31$/);
    },
  );
});

describe('startOfDay', () => {
  it.each([
    ['Europe/Kyiv', '2026-01-15', '2026-01-14T22:00:00.000Z'],
    ['Europe/Kyiv', '2026-07-15', '2026-07-14T21:00:00.000Z'],
    // The clock goes forward on 29 March at 03:00 and back on 25 October at 04:00.
    ['Europe/Kyiv', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['Europe/Kyiv', '2026-03-30', '2026-03-29T21:00:00.000Z'],
    ['Europe/Kyiv', '2026-10-25', '2026-10-24T21:00:00.000Z'],
    ['Europe/Kyiv', '2026-10-26', '2026-10-25T22:00:00.000Z'],
    ['Europe/Lisbon', '2026-03-29', '2026-03-29T00:00:00.000Z'],
    ['Europe/Lisbon', '2026-03-30', '2026-03-29T23:00:00.000Z'],
    ['Europe/Lisbon', '2026-10-26', '2026-10-26T00:00:00.000Z'],
    ['Asia/Kathmandu', '2026-05-01', '2026-04-30T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00.000Z'],
    ['America/Los_Angeles', '2026-01-01', '2026-01-01T08:00:00.000Z'],
    // Midnight itself is skipped here: the day begins at 01:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['UTC', '2026-01-01', '2026-01-01T00:00:00.000Z'],
  ])('%s %s begins at %s', (zone, date, instant) => {
    expect(startOfDay(date, zone).toISOString()).toBe(instant);
  });

  it('makes days that touch and never overlap, a whole year long', () => {
    for (const zone of ['Europe/Kyiv', 'Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe']) {
      let date = '2026-01-01';
      for (let day = 0; day < 365; day += 1) {
        const begin = startOfDay(date, zone);
        expect(dateIn(zone, begin)).toBe(date);
        expect(dateIn(zone, new Date(begin.getTime() - 1))).toBe(addDays(date, -1));
        date = addDays(date, 1);
      }
    }
  });
});

describe('names', () => {
  it('knows zones and refuses what is none', () => {
    expect(['Europe/Kyiv', 'Europe/Lisbon', 'UTC'].every(isZone)).toBe(true);
    expect(['', 'Mars/Base', '+02:00', "UTC'; --", 'x'.repeat(90)].some(isZone)).toBe(false);
  });

  it.each([
    ['Europe/Kyiv', 'Europe/Kyiv'],
    [' europe/kyiv ', 'Europe/Kyiv'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['utc', 'UTC'],
    ['GMT+02:00', null],
    ['+02:00', null],
    ['Kyiv', null],
    ['', null],
  ])('reads the typed zone %j as %j', (typed, zone) => {
    expect(readZone(typed)).toBe(zone);
  });

  it('offers every zone once, under the name that is in use', () => {
    const zones = allZones();
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones).toEqual(expect.arrayContaining(['UTC', 'Europe/Kyiv', 'Europe/Lisbon']));
    expect(zones).not.toContain('Europe/Kiev');
    expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  });

  it('knows dates that exist', () => {
    expect(isDate('2028-02-29')).toBe(true);
    expect(['2026-02-29', '2026-13-01', '0000-01-01', '0001-01-01', '26-1-1', '2026-01-01T00:00'].some(isDate)).toBe(
      false,
    );
  });
});

describe('periods', () => {
  it('counts weeks from Monday and months by the calendar', () => {
    expect(weekday('2026-11-21')).toBe(5);
    expect(periodDates('this_week', '2026-11-21')).toEqual({ from: '2026-11-16', to: '2026-11-23' });
    expect(periodDates('last_week', '2026-11-16')).toEqual({ from: '2026-11-09', to: '2026-11-16' });
    expect(periodDates('last_month', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(periodDates('this_month', '2026-12-31')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
    expect(periodDates('this_quarter', '2026-11-21')).toEqual({ from: '2026-10-01', to: '2027-01-01' });
    expect(periodDates('last_quarter', '2026-02-28')).toEqual({ from: '2025-10-01', to: '2026-01-01' });
    expect(periodDates('last_quarter', '2026-06-30')).toEqual({ from: '2026-01-01', to: '2026-04-01' });
    expect(periodDates('this_year', '2026-12-31')).toEqual({ from: '2026-01-01', to: '2027-01-01' });
    expect(periodDates('last_year', '2026-01-01')).toEqual({ from: '2025-01-01', to: '2026-01-01' });
    expect(periodDates('yesterday', '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-03-01' });
  });
});
