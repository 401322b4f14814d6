import { describe, expect, test } from 'vitest';
import { absoluteTime, calendarDay, relativeTime, spanWords, weekdayName } from './clock';
import { groupDigits, trimZeros } from './digits';

describe('digits for people', () => {
  test.each([
    ['53.00', '53.00'],
    ['53', '53'],
    ['12.500000', '12.50'],
    ['0.00011300', '0.000113'],
    ['100.000000', '100'],
    ['-1.10', '-1.10'],
    ['0.1', '0.1'],
  ])('%s is shown as %s', (sent, shown) => {
    expect(trimZeros(sent)).toBe(shown);
  });

  test('thousands stand apart, fractions do not', () => {
    expect(groupDigits('1234567.123456', 'en')).toBe('1\u202f234\u202f567.123456');
    expect(groupDigits('-1000', 'en')).toBe('\u22121\u202f000');
    expect(groupDigits('999', 'en')).toBe('999');
  });

  test('the point is a comma in Ukraine and Portugal, and no digit is lost', () => {
    const exact = '-123456789012345678901234567890.100000000000000000000000000001';
    for (const locale of ['uk', 'pt-PT']) {
      const shown = groupDigits(exact, locale);
      expect(shown).toContain('890,1000');
      expect(shown.replaceAll('\u202f', '').replace(',', '.').replace('\u2212', '-')).toBe(exact);
      expect(groupDigits('1234', locale)).toBe('1\u202f234');
    }
  });
});

describe('time for people', () => {
  const now = new Date('2026-01-27T12:00:00Z');
  const ago = (at: string): string => relativeTime(at, now, 'Europe/Kyiv', 'en');

  test('what is near is told by its distance, what is far by its date', () => {
    expect(ago('2026-01-27T11:59:58.000000Z')).toBe('now');
    expect(ago('2026-01-27T11:56:00.000000Z')).toMatch(/^4 min\.? ago$/);
    expect(ago('2026-01-24T12:00:00.000000Z')).toBe('3 days ago');
    expect(ago('2026-01-02T23:30:00.000000Z')).toBe('3 Jan');
    expect(ago('2025-12-31T12:00:00.000000Z')).toBe('31 Dec 2025');
  });

  test('a time of the clock comes with its zone', () => {
    expect(absoluteTime('2026-01-27T10:20:04.222439Z', 'Europe/Kyiv', 'en')).toMatch(
      /^27 Jan 2026, 12:20:04 (EET|GMT\+2)$/,
    );
  });

  test('each language has its own words for the same moment', () => {
    const shown = (locale: string): string => relativeTime('2026-01-27T11:56:00Z', now, 'Europe/Kyiv', locale);
    expect(shown('uk')).toBe('4 хв тому');
    expect(shown('pt-PT')).toBe('há 4 min');
    expect(absoluteTime('2026-01-27T10:20:04Z', 'Europe/Kyiv', 'uk')).toMatch(/^27 січ\. 2026 р\., 12:20:04 \S+$/);
    expect(absoluteTime('2026-01-27T10:20:04Z', 'Europe/Kyiv', 'pt-PT')).toMatch(/2026, 12:20:04 \S+$/);
  });

  test('a date of the calendar is the same date in every zone', () => {
    expect(calendarDay('2026-01-27', 'en')).toBe('27 Jan');
    expect(calendarDay('2026-01-27', 'uk')).toBe('27 січ.');
    expect(weekdayName(new Date('2026-01-27T23:00:00Z'), 'Europe/Kyiv', 'uk')).toBe('середа');
  });

  test.each([
    [0, 'en', '0 ms'],
    [1, 'en', '1 ms'],
    [1_000, 'en', '1 second'],
    [90_000, 'en', '90 seconds'],
    [7_200_000, 'en', '2 hours'],
    [5 * 86_400_000, 'en', '5 days'],
    [3 * 3_600_000, 'uk', '3 години'],
    [5 * 3_600_000, 'uk', '5 годин'],
    [3 * 3_600_000, 'pt-PT', '3 horas'],
  ])('%d ms are in %s %s', (milliseconds, locale, words) => {
    expect(spanWords(milliseconds, locale)).toBe(words);
  });
});
