import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeSilence } from './silence';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, midnight. */
const START = Date.UTC(2026, 0, 5);
const at = (time: number): Date => new Date(time);

/** The same chances for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return (state + 1) / 4_294_967_297;
  };
}

interface Habit {
  readonly seed: number;
  /** On average, while open. */
  readonly perDay: number;
  /** Hours of the day. */
  readonly open: readonly [number, number];
  readonly weekends: boolean;
}

/** Arrivals by chance while a shop is open, for some weeks from a Monday on. */
function history({ seed, perDay, open, weekends }: Habit, days: number): readonly number[] {
  const roll = dice(seed);
  const [from, to] = open;
  const mean = ((to - from) * HOUR) / perDay;
  return Array.from({ length: days }, (_, day) => day).flatMap((day) => {
    if (!weekends && day % 7 > 4) return [];
    const times: number[] = [];
    const pause = (): number => -mean * Math.log(roll());
    let time = START + day * DAY + from * HOUR + pause();
    for (; time < START + day * DAY + to * HOUR; time += pause()) times.push(time);
    return times;
  });
}

const WEEKS_5 = 35;
const BUSY: Habit = { seed: 1, perDay: 200, open: [8, 20], weekends: true };
const OFFICE: Habit = { seed: 2, perDay: 40, open: [9, 18], weekends: false };

/** When the silence after `stop` is noticed; null within three days. */
function noticed(habit: Habit, stop: number): number | null {
  const times = history(habit, WEEKS_5 + 7).filter((time) => time < stop);
  for (let now = stop; now < stop + 3 * DAY; now += HOUR / 4)
    if (judgeSilence(times.map(at), at(now)).state === 'unusual') return now - stop;
  return null;
}

describe('a shop that goes on as ever', () => {
  test.each([
    ['busy', 200, [8, 20], true],
    ['round the clock', 60, [0, 24], true],
    ['closed at weekends', 40, [9, 18], false],
    ['small', 6, [9, 21], true],
    ['one a day', 1, [0, 24], true],
  ] as const)('is hardly ever called silent: %s', (_, perDay, open, weekends) => {
    let alarms = 0;
    let looks = 0;
    for (let seed = 1; seed <= (perDay > 50 ? 4 : 20); seed += 1) {
      const times = history({ seed, perDay, open, weekends }, WEEKS_5 + 7);
      for (let now = START + WEEKS_5 * DAY; now < START + (WEEKS_5 + 7) * DAY; now += 3 * HOUR) {
        const known = times.filter((time) => time <= now).map(at);
        looks += 1;
        if (judgeSilence(known, at(now)).state === 'unusual') alarms += 1;
      }
    }
    expect(alarms / looks).toBeLessThan(0.01);
  });
});

describe('a shop of which nothing comes any more', () => {
  const monday = START + WEEKS_5 * DAY;

  test('is noticed within hours of its opening time', () => {
    const busy = noticed(BUSY, monday + 12 * HOUR);
    expect(busy).not.toBeNull();
    expect(busy).toBeLessThan(3 * HOUR);
    const office = noticed(OFFICE, monday + DAY + 11 * HOUR);
    expect(office).not.toBeNull();
    expect(office).toBeLessThan(8 * HOUR);
  });

  test('is not noticed at night, when it is always silent, but in the morning', () => {
    const evening = noticed(BUSY, monday + 19.9 * HOUR);
    expect(evening).toBeGreaterThan(12 * HOUR);
    expect(evening).toBeLessThan(20 * HOUR);
  });

  test('is noticed although it was silent for three days before', () => {
    const outage = (time: number): boolean => time > monday - 14 * DAY && time < monday - 11 * DAY;
    const stop = monday + 12 * HOUR;
    const times = history(BUSY, WEEKS_5 + 7).filter((time) => time < stop && !outage(time));
    expect(judgeSilence(times.map(at), at(stop + 4 * HOUR)).state).toBe('unusual');
  });

  test('says since when, and how long would have been usual', () => {
    const stop = monday + 12 * HOUR;
    const times = history(BUSY, WEEKS_5 + 7).filter((time) => time < stop);
    const found = judgeSilence(times.map(at), at(stop + 6 * HOUR));
    expect(found).toMatchObject({ state: 'unusual', since: at(times.at(-1) ?? 0) });
    expect(found.state === 'unknown' ? 0 : found.allowed).toBeLessThan(3 * HOUR);
  });
});

describe('what cannot be known', () => {
  test('nothing, little and young histories say nothing', () => {
    const now = at(START + 10 * DAY);
    expect(judgeSilence([], now)).toEqual({ state: 'unknown' });
    expect(judgeSilence(history(BUSY, 9).map(at), now)).toEqual({ state: 'unknown' });
    const few = Array.from({ length: 11 }, (_, index) => at(START + index * 2 * DAY));
    expect(judgeSilence(few, at(START + 30 * DAY)).state).toBe('unknown');
    expect(judgeSilence([...few, at(START + 22 * DAY)], at(START + 24 * DAY)).state).toBe('usual');
  });

  test('a shop that ended long ago is not silent for ever: its habits are forgotten', () => {
    const times = history(BUSY, WEEKS_5).map(at);
    expect(judgeSilence(times, at(START + 100 * DAY))).toEqual({ state: 'unknown' });
  });
});

test('neither the order of arrivals nor those that came together change the verdict', () => {
  const times = history(OFFICE, WEEKS_5).map(at);
  const now = at(START + WEEKS_5 * DAY + 13 * HOUR);
  const expected = judgeSilence(times, now);
  fc.assert(
    fc.property(fc.shuffledSubarray([...times], { minLength: times.length }), (shuffled) => {
      expect(judgeSilence(shuffled, now)).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});
