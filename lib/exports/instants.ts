import { fromPostgres } from '@/lib/time';
import { offsetAt } from '@/lib/zone';

/** Instants as the files write them. A million of them pass through here, so nothing is done twice. */

/** What a session in UTC writes of the years of four digits; anything else is read with care, or breaks the file off. */
const USUAL = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/;

/** PostgreSQL's text in UTC, `2026-01-27 10:20:04.2+00`, as an instant with six digits of a second. */
export function instantOf(stored: string): string {
  if (!USUAL.test(stored)) return fromPostgres(stored);
  const fraction = stored.slice(20, -3);
  return `${stored.slice(0, 10)}T${stored.slice(11, 19)}.${fraction.padEnd(6, '0')}Z`;
}

const HOUR = 3_600_000;
const MOST_KNOWN = 20_000;

/** Wall clocks of one zone: `2026-03-29 04:30:00`, which every spreadsheet takes for a date. */
export function clockOf(zone: string): (instant: string) => string {
  const hours = new Map<string, string | null>();
  return (instant) => {
    // A year of five digits, which no provider may send.
    if (instant.charAt(4) !== '-') return instant;
    const hour = instant.slice(0, 13);
    let local = hours.get(hour);
    if (local === undefined) {
      local = localHour(Date.parse(`${hour}:00Z`), zone);
      if (hours.size >= MOST_KNOWN) hours.clear();
      hours.set(hour, local);
    }
    if (local !== null) return local + instant.slice(13, 19);
    const time = Date.parse(`${instant.slice(0, 19)}Z`);
    return localText(time + offsetAt(time, zone));
  };
}

/** The date and hour of a whole hour where it is one there too; null where minutes differ or the clock changes within. */
function localHour(start: number, zone: string): string | null {
  const offset = offsetAt(start, zone);
  const whole = offset % HOUR === 0 && offsetAt(start + HOUR - 1_000, zone) === offset;
  return whole ? localText(start + offset).slice(0, 13) : null;
}

function localText(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
