const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Day before month, as most of the world reads it. */
const dateLocale = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format costs a thousand times its use, and a list shows a hundred times. */
function format(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${zone} ${Object.keys(options).join()}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(dateLocale(locale), { timeZone: zone, ...options });
  formats.set(name, made);
  return made;
}

/** `27 Jan 2026, 12:20:04 GMT+2`: a time never stands without its zone. */
export function absoluteTime(at: string, zone: string, locale: string): string {
  return format(locale, zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(at));
}

const relativeWords = new Map<string, Intl.RelativeTimeFormat>();

function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const known = relativeWords.get(locale);
  if (known) return known;
  const made = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  relativeWords.set(locale, made);
  return made;
}

/** `4 min. ago`; `3 days ago` within a week; earlier the date. */
export function relativeTime(at: string, now: Date, zone: string, locale: string): string {
  const seconds = Math.round((new Date(at).getTime() - now.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance >= 7 * DAY) return shortDate(new Date(at), now, zone, locale);
  const words = relativeFormat(locale);
  if (distance < 5) return words.format(0, 'second');
  if (distance < MINUTE) return words.format(seconds, 'second');
  if (distance < HOUR) return words.format(Math.trunc(seconds / MINUTE), 'minute');
  if (distance < DAY) return words.format(Math.trunc(seconds / HOUR), 'hour');
  return words.format(Math.trunc(seconds / DAY), 'day');
}

/** The year only where it is another one. */
function shortDate(date: Date, now: Date, zone: string, locale: string): string {
  const year = format(locale, zone, { year: 'numeric' });
  const sameYear = year.format(date) === year.format(now);
  return format(locale, zone, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date);
}

/** `27 Jan 2026`. */
export function dayAndYear(at: string, zone: string, locale: string): string {
  return format(locale, zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
}

/** A calendar date (`2026-01-27`), which no zone can move. */
export function calendarDay(date: string, locale: string): string {
  return format(locale, 'UTC', { day: 'numeric', month: 'short' }).format(new Date(`${date}T00:00:00Z`));
}

export function weekdayName(at: Date, zone: string, locale: string): string {
  return format(locale, zone, { weekday: 'long' }).format(at);
}

const SPANS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', 1],
] as const;

/** `3 hours`, `40 ms`: a length of time in its largest unit that fits at least twice, else the next smaller one. */
export function spanWords(milliseconds: number, locale: string): string {
  const unit =
    SPANS.find(([, seconds]) => milliseconds >= 2 * seconds * 1000) ?? (milliseconds >= 1000 ? SPANS[3] : null);
  const [name, size] = unit ? [unit[0], unit[1] * 1000] : (['millisecond', 1] as const);
  const display = { style: 'unit', unit: name, unitDisplay: name === 'millisecond' ? 'short' : 'long' } as const;
  return new Intl.NumberFormat(locale, { ...display, maximumFractionDigits: 0 }).format(milliseconds / size);
}
