/** Instants are UTC text with up to microseconds, `2026-01-27T10:20:04.222439Z`; they sort as text when of one length. */

const PARTS =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)?$/i;
const MINUTE = 60_000;

/**
 * Reads an ISO 8601 date and time, with or without an offset (without one it is UTC), microseconds kept.
 * Null when it is not one, or is a date that does not exist.
 */
export function parseInstant(text: string): string | null {
  const match = PARTS.exec(text.trim());
  if (!match) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '', zone] = match;
  if (Number(minute) > 59 || Number(second) > 59 || Number(hour) > 23) return null;
  if (Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) return null;
  const offset = offsetMinutes(zone);
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const utc = offset === 0 ? local : earlierBy(offset, local);
  // The offset may lead out of the years of four digits, or below the year 100, which a Date takes for one of the 1900s.
  if (utc === null || utc < '0100') return null;
  return `${utc}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}

/** Zero for a month that does not exist. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function earlierBy(minutes: number, local: string): string | null {
  const shifted = new Date(Date.parse(`${local}Z`) - minutes * MINUTE);
  return shifted.getUTCFullYear() > 9999 ? null : shifted.toISOString().slice(0, 19);
}

function offsetMinutes(zone: string | undefined): number {
  if (!zone || zone.toUpperCase() === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

const STORED = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/**
 * PostgreSQL's text of a timestamptz (`2026-01-27 10:20:04.2+00`) as an instant. It writes in the zone of the session:
 * before there were time zones with seconds in the offset, and at the edges with a year that we would not take in.
 */
export function fromPostgres(text: string): string {
  const match = STORED.exec(text);
  if (!match) throw new Error(`Not a timestamp of PostgreSQL: ${text}`);
  const [, year, month, day, hour, minute, second, fraction = '', sign, ...offset] = match;
  const [hours = 0, minutes = 0, seconds = 0] = offset.map((part) => Number(part ?? '0'));
  const wall = new Date(0);
  wall.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  wall.setUTCHours(Number(hour), Number(minute), Number(second));
  const away = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const utc = new Date(wall.getTime() + (sign === '-' ? away : -away));
  return `${utc.toISOString().slice(0, 19)}.${fraction.padEnd(6, '0')}Z`;
}

/** The clock's reading as an instant; a Date has milliseconds, so the last three digits are zero. */
export function toInstant(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
