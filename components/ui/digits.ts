const NARROW_SPACE = '\u202f';

/** Cuts zeros that say nothing, but leaves cents: `53.00` stays, `0.00011300` → `0.000113`, `12.500000` → `12.50`. */
export function trimZeros(amount: string): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  if (fraction === '') return whole;
  const short = fraction.replace(/0+$/, '');
  if (short === '' && fraction.length > 2) return whole;
  const shown = short.padEnd(Math.min(2, fraction.length), '0');
  return `${whole}.${shown}`;
}

const points = new Map<string, string>();

/** What stands before the fraction where a language is read. */
function pointOf(locale: string): string {
  const known = points.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  const point = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  points.set(locale, point);
  return point;
}

/**
 * The same digits as people of a language write them: thousands apart by a narrow space, which copies as white space,
 * never breaks a line and is no decimal point anywhere; a real minus sign. Never through a number, which would round.
 */
export function groupDigits(amount: string, locale: string): string {
  const [whole = '0', fraction] = amount.replace('-', '\u2212').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
  return fraction === undefined ? grouped : `${grouped}${pointOf(locale)}${fraction}`;
}
