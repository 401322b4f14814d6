/** Exact decimals as text. The scale that was sent is kept; nothing here ever becomes a JavaScript number. */

const NUMBER = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const MAX_DIGITS = 30;

interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

/**
 * Digits as sent, exponent written out: `1.13e-05` → `0.0000113`, `007.50` → `7.50`.
 * Null when it is not a number, or has more than 30 digits before or after the point.
 */
export function parseDecimal(text: string): string | null {
  const match = NUMBER.exec(text.trim());
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  if (Math.abs(shift) > 400) return null;
  const digits = whole + fraction;
  const point = whole.length + shift;
  const left = (point > 0 ? digits.slice(0, point).padEnd(point, '0') : '').replace(/^0+/, '') || '0';
  const right = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  if (left.length > MAX_DIGITS || right.length > MAX_DIGITS) return null;
  const value = right ? `${left}.${right}` : left;
  return sign === '-' && /[1-9]/.test(value) ? `-${value}` : value;
}

/** True for text that writes a number, even one out of range. */
export function isNumeric(text: string): boolean {
  return NUMBER.test(text.trim());
}

function scaled(value: string): Scaled {
  const point = value.indexOf('.');
  if (point === -1) return { units: BigInt(value), scale: 0 };
  return { units: BigInt(value.slice(0, point) + value.slice(point + 1)), scale: value.length - point - 1 };
}

function aligned(a: string, b: string): readonly [bigint, bigint, number] {
  const left = scaled(a);
  const right = scaled(b);
  const scale = Math.max(left.scale, right.scale);
  const widen = (value: Scaled): bigint => value.units * 10n ** BigInt(scale - value.scale);
  return [widen(left), widen(right), scale];
}

function format(units: bigint, scale: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return negative ? `-${text}` : text;
}

/** Of equal decimals the one without zeros at its end. */
export function shortest(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}

/** The sum, at the larger of the two scales. */
export function add(a: string, b: string): string {
  const [left, right, scale] = aligned(a, b);
  return format(left + right, scale);
}

/** What is left of `a` without the others, at the largest of their scales. */
export function subtract(a: string, ...others: readonly string[]): string {
  let { units, scale } = scaled(a);
  for (const other of others) {
    const taken = scaled(other);
    if (taken.scale > scale) units *= 10n ** BigInt(taken.scale - scale);
    units -= taken.scale < scale ? taken.units * 10n ** BigInt(scale - taken.scale) : taken.units;
    scale = Math.max(scale, taken.scale);
  }
  return format(units, scale);
}

/** The quotient to so many significant digits, rounded half up, without zeros at its end; null for a division by zero. */
export function divide(a: string, b: string, digits: number): string | null {
  const [dividend, divisor] = [scaled(a), scaled(b)];
  if (divisor.units === 0n) return null;
  if (dividend.units === 0n) return '0';
  const positive = (value: bigint): bigint => (value < 0n ? -value : value);
  const above = positive(dividend.units) * 10n ** BigInt(divisor.scale);
  const below = positive(divisor.units) * 10n ** BigInt(dividend.scale);
  const rounded = (scale: number): bigint => {
    const [top, bottom] = scale < 0 ? [above, below * 10n ** BigInt(-scale)] : [above * 10n ** BigInt(scale), below];
    return (2n * top + bottom) / (2n * bottom);
  };
  // The lengths give the scale but for one digit.
  let scale = digits + below.toString().length - above.toString().length;
  if (rounded(scale).toString().length > digits) scale -= 1;
  const units = rounded(scale);
  const isNegative = dividend.units < 0n !== divisor.units < 0n;
  const text = scale > 0 ? format(units, scale) : format(units * 10n ** BigInt(-scale), 0);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return isNegative ? `-${trimmed}` : trimmed;
}

/** −1, 0 or 1. */
export function compare(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  const [left, right] = aligned(a, b);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function isPositive(value: string): boolean {
  return !value.startsWith('-') && /[1-9]/.test(value);
}

export function negate(value: string): string {
  return subtract('0', value);
}
