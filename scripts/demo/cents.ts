/** `2461` → `24.61`. */
export function fromCents(cents: number): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What so many cents buy of a coin at a price in cents, to the coin's last digit but without zeros at its end. */
export function toCoin(cents: number, price: number, decimals: number): string {
  const units = (BigInt(cents) * 10n ** BigInt(decimals)) / BigInt(price);
  const digits = units.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -decimals) : `${digits.slice(0, -decimals)}.${fraction}`;
}
