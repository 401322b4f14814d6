const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format costs a thousand times its use, and a list shows fifty times. */
function format(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${zone} ${Object.keys(options).join()}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: zone, ...options });
  formats.set(name, made);
  return made;
}

/** `21 Nov, 05:58`, with the year where it is another one: for a column whose head names the zone. */
export function shortTime(at: string, now: Date, zone: string, locale: string): string {
  const date = new Date(at);
  const year = format(locale, zone, { year: 'numeric' });
  const day = { day: 'numeric', month: 'short' } as const;
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const ofThisYear = year.format(date) === year.format(now);
  return format(locale, zone, { ...day, ...(ofThisYear ? {} : { year: 'numeric' }), ...time }).format(date);
}
