/** Dates where people look (`2026-11-21` in a time zone) and the UTC instants of their days. */

const DAY = 86_400_000;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building one costs a thousand times its use. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** A name of the time zone database that this machine knows. Offsets (`+02:00`) are no zones: they know no summer. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name) || name.length > 64) return false;
  try {
    formatOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Runtimes still list some places under a name they have given up. */
const RENAMED: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Europe/Kiev': 'Europe/Kyiv',
};

export function presentName(zone: string): string {
  return RENAMED[zone] ?? zone;
}

/** Every zone the runtime knows, and UTC, which it leaves out. */
export function allZones(): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(presentName).sort()])];
}

/** The name under which a deployment keeps the zone that somebody typed, whatever its letter case; null: there is none. */
export function readZone(typed: string): string | null {
  const name = typed.trim();
  if (!isZone(name)) return null;
  const listed = allZones().find((zone) => zone.toLowerCase() === name.toLowerCase());
  return listed ?? presentName(formatOf(name).resolvedOptions().timeZone);
}

/** A date that exists, `YYYY-MM-DD`; from the year 100 on, as with instants: the first day of the year 1 begins before it. */
export function isDate(text: string): boolean {
  const time = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && dateOf(time) === text && Number(text.slice(0, 4)) >= 100;
}

/** The last day that is written with four digits of a year, as PostgreSQL and everything here compares it. */
const LAST_DAY = Date.parse('9999-12-31T00:00:00Z');

/** No later than the last day there is. */
function dateOf(time: number): string {
  return new Date(Math.min(time, LAST_DAY)).toISOString().slice(0, 10);
}

/** Wall clock at an instant, as if it were UTC. */
function wallClock(time: number, zone: string): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(time)) parts[type] = value;
  const { year, month, day, hour, minute, second } = parts;
  // Years of five digits are written with a sign and six.
  const years = `${Number(year) > 9999 ? '+' : ''}${year?.padStart(Number(year) > 9999 ? 6 : 4, '0')}`;
  return Date.parse(`${years}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** How many milliseconds the wall clock of a zone is ahead of UTC at an instant. */
export function offsetAt(time: number, zone: string): number {
  return wallClock(time, zone) - Math.floor(time / 1000) * 1000;
}

/** The first instant of a date in a zone. It is not always 00:00: some zones skip that hour once a year. */
export function startOfDay(date: string, zone: string): Date {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const candidates = [offsetAt(midnight - DAY, zone), offsetAt(midnight + DAY, zone)].map(
    (offset) => midnight - offset,
  );
  const within = candidates.filter((time) => wallClock(time, zone) >= midnight);
  return new Date(Math.min(...(within.length > 0 ? within : candidates)));
}

/** The date at an instant in a zone. */
export function dateIn(zone: string, at: Date): string {
  return dateOf(wallClock(at.getTime(), zone));
}

export function addDays(date: string, days: number): string {
  return dateOf(Date.parse(`${date}T00:00:00Z`) + days * DAY);
}

/** 0 Monday … 6 Sunday. */
export function weekday(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The first day of the month so many months away. */
function addMonths(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return dateOf(Date.UTC(year, month - 1 + months, 1));
}

export function monthStart(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

export const PERIODS = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
] as const;
export type Period = (typeof PERIODS)[number];

export interface Dates {
  readonly from: string;
  /** Not included. */
  readonly to: string;
}

/** The dates of a named period; a week begins on Monday. */
export function periodDates(period: Period, today: string): Dates {
  const monday = addDays(today, -weekday(today));
  const first = monthStart(today);
  const quarter = addMonths(first, -((Number(first.slice(5, 7)) - 1) % 3));
  const year = `${today.slice(0, 4)}-01-01`;
  const periods: Record<Period, Dates> = {
    today: { from: today, to: addDays(today, 1) },
    yesterday: { from: addDays(today, -1), to: today },
    this_week: { from: monday, to: addDays(monday, 7) },
    last_week: { from: addDays(monday, -7), to: monday },
    this_month: { from: first, to: monthStart(addDays(first, 31)) },
    last_month: { from: monthStart(addDays(first, -1)), to: first },
    this_quarter: { from: quarter, to: addMonths(quarter, 3) },
    last_quarter: { from: addMonths(quarter, -3), to: quarter },
    this_year: { from: year, to: addMonths(year, 12) },
    last_year: { from: addMonths(year, -12), to: year },
  };
  return periods[period];
}
