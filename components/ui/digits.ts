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

/** Thousands apart by a narrow space that copies as white space and never breaks a line; a real minus sign. */
export function groupDigits(amount: string): string {
  const [whole = '0', fraction] = amount.replace('-', '\u2212').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
