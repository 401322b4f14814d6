import { add, subtract } from '@/lib/money';
import type { Decimal, Item } from '@/lib/providers/provider';

/** The exact product; the scales add up. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  const [left, right] = [unitsOf(a), unitsOf(b)];
  const scale = left.scale + right.scale;
  const units = left.units * right.units;
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function unitsOf(value: Decimal): { readonly units: bigint; readonly scale: number } {
  const [whole = '0', fraction = ''] = value.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** Count times price; null where one of them was not said. */
export function itemSum({ count, price }: Item): Decimal | null {
  return count === null || price === null ? null : multiply(count, price);
}

export type ItemsCheck =
  | { readonly result: 'unknown' }
  | { readonly result: 'agree'; readonly sum: Decimal }
  /** `by`: what the items make beyond the amount; negative where they make less. */
  | { readonly result: 'differ'; readonly sum: Decimal; readonly by: Decimal };

/** Whether the items add up to the amount; prices are per unit. */
export function checkItems(items: readonly Item[], amount: Decimal | null): ItemsCheck {
  const sums = items.map(itemSum);
  const known = sums.filter((sum) => sum !== null);
  if (amount === null || known.length === 0 || known.length < sums.length) return { result: 'unknown' };
  const sum = known.reduce((total, part) => add(total, part), '0');
  const by = subtract(sum, amount);
  return /[1-9]/.test(by) ? { result: 'differ', sum, by } : { result: 'agree', sum };
}
