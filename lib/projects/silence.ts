const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/** How far back a project's own habits are looked for. */
export const HABIT_WEEKS = 4;
/** Habits of fewer arrivals, or of less time, are none yet. */
const FEWEST = 12;
const SHORTEST_HISTORY = 2 * WEEK;
/** Nobody is told of a shorter silence. */
const SHORTEST_SILENCE = HOUR;
/** Of gaps that come by chance, one three times as long as 95 of 100 comes once in some eight thousand. */
const GAP_SHARE = 0.95;
const GAP_FACTOR = 3;
/** How much later than in other weeks a shop may open. */
const MOMENT_FACTOR = 1.5;

export type Silence =
  /** Nothing ever came, or not for long enough to know what is usual. */
  | { readonly state: 'unknown' }
  | {
      readonly state: 'usual' | 'unusual';
      /** When the last one came. */
      readonly since: Date;
      /** How long a silence would be usual at this moment of the week, in milliseconds. */
      readonly allowed: number;
    };

/**
 * Whether a project has been silent for longer than it usually is: three times nearly all of its own gaps, and longer
 * than it was silent at this very moment of the week in the weeks before (nights, weekends); of those the longest is
 * left out, so that one outage does not become a habit. `arrivals` are the moments at which something came, in any
 * order; of those close together some may be missing.
 */
export function judgeSilence(arrivals: readonly Date[], now: Date): Silence {
  const start = now.getTime() - (HABIT_WEEKS + 1) * WEEK;
  const times = arrivals.map((at) => at.getTime()).filter((at) => at >= start && at <= now.getTime());
  times.sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return { state: 'unknown' };
  if (times.length < FEWEST || now.getTime() - first < SHORTEST_HISTORY) return { state: 'unknown' };
  const allowed = Math.max(
    SHORTEST_SILENCE,
    GAP_FACTOR * usualGap(times),
    MOMENT_FACTOR * usualNow(times, now.getTime()),
  );
  return { state: now.getTime() - last > allowed ? 'unusual' : 'usual', since: new Date(last), allowed };
}

/** Longer than nearly all gaps between one arrival and the next. */
function usualGap(times: readonly number[]): number {
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  gaps.sort((a, b) => a - b);
  return gaps[Math.ceil(gaps.length * GAP_SHARE) - 1] ?? 0;
}

/** How long it had been silent at this moment of the week before, and of those before that: the second longest. */
function usualNow(times: readonly number[], now: number): number {
  const moments = Array.from({ length: HABIT_WEEKS }, (_, index) => now - (index + 1) * WEEK);
  const silences = moments.flatMap((moment) => {
    const before = times.findLast((at) => at <= moment);
    return before === undefined ? [] : [moment - before];
  });
  silences.sort((a, b) => b - a);
  return silences[1] ?? silences[0] ?? 0;
}
