import { fromPostgres } from '@/lib/time';
import { offsetAt } from '@/lib/zone';

/** Instants as the files write them. A million of them pass through here, so nothing is done twice. */

/** PostgreSQL's text in UTC, `2026-01-27 10:20:04.2+00`, as an instant with six digits of a second. */
export function instantOf(stored: string): string {
  if (stored.charAt(10) !== ' ' || !stored.endsWith('+00')) return fromPostgres(stored);
  const fraction = stored.slice(20, -3);
  return `${stored.slice(0, 10)}T${stored.slice(11, 19)}.${fraction.padEnd(6, '0')}Z`;
}

/** No zone has changed its clock but at a quarter of an hour, since zones have offsets without seconds. */
const QUARTER = 900_000;
const MOST_KNOWN = 20_000;

/** Wall clocks of one zone: `2026-03-29 04:30:00`, which every spreadsheet takes for a date. */
export function clockOf(zone: string): (instant: string) => string {
  const offsets = new Map<number, number>();
  return (instant) => {
    // A year of five digits, which no provider may send.
    if (instant.charAt(4) !== '-') return instant;
    const time = Date.parse(`${instant.slice(0, -8)}Z`);
    const quarter = Math.floor(time / QUARTER);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      offset = offsetAt(time, zone);
      if (offsets.size >= MOST_KNOWN) offsets.clear();
      offsets.set(quarter, offset);
    }
    return new Date(time + offset).toISOString().slice(0, 19).replace('T', ' ');
  };
}
