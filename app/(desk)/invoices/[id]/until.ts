/** `14:20 GMT+2` today, `27 Jan, 14:20 GMT+2` on another day: short enough to stand in a sentence, never without its zone. */
export function until(at: string, now: Date, zone: string, locale: string): string {
  const inZone = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: zone, ...options });
  const day = inZone({ dateStyle: 'short' });
  const year = inZone({ year: 'numeric' });
  const date = new Date(at);
  const sameYear = year.format(date) === year.format(now);
  return inZone({
    ...(day.format(date) === day.format(now) ? {} : { day: 'numeric', month: 'short' }),
    ...(sameYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(date);
}
