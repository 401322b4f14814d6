/**
 * What totals are in: hryvnias, dollars where the provider gave a value in them, else the coin. So the total of a coin
 * holds the payments without a value in US dollars, and says so wherever it is shown.
 */
const FIAT: readonly string[] = ['UAH', 'USD'];

/** Also of an amount whose currency the provider did not name. */
export function isCoin(unit: string | null): boolean {
  return !FIAT.includes(unit ?? '');
}

/** The order in which units are shown: hryvnias and dollars first, coins by name. */
export function byUnit(a: string | null, b: string | null): number {
  const place = (unit: string | null): number => (isCoin(unit) ? FIAT.length : FIAT.indexOf(unit ?? ''));
  return place(a) - place(b) || (a ?? '').localeCompare(b ?? '');
}
