import { idKey } from '@/lib/identifiers';
import { compare, parseDecimal, shortest } from '@/lib/money';
import type { Item } from '@/lib/providers/provider';

/** Whether two spellings say the same. Facts are kept as they were first sent, and compared by what they mean. */

const COMBINING_MARKS = /\p{M}/gu;
const APOSTROPHES = /['’ʼ`′‘]/g;
const NOT_IN_WORDS = /[^\p{L}\p{N}@.]+/gu;
/** Of so many items only those that are spelled alike are compared: the rest of a hostile list would take too long. */
const MAX_INCOMPLETE_ITEMS = 100;

/** True when the values of a field, by our name of it, mean the same. */
export function sameValue(field: string, a: string, b: string): boolean {
  return a === b || (COMPARED_BY[field] ?? sameText)(a, b);
}

/** True when the other value of the same meaning says more: a name with its patronymic, an address with its street. */
export function saysMore(field: string, value: string, other: string): boolean {
  return COMPARED_BY[field] === sameParts && wordsOf(other).size > wordsOf(value).size;
}

const COMPARED_BY: Readonly<Partial<Record<string, (a: string, b: string) => boolean>>> = {
  client_name: sameParts,
  recipient_name: sameParts,
  recipient_address: sameParts,
  client_phone: samePhone,
  recipient_phone: samePhone,
  delivery_amount: sameNumber,
  address: sameChainAddress,
  card_pan: sameCard,
  // The merchant's own text: `A-1` and `a-1` may be two orders.
  order_id: (a, b) => idKey(a.trim()) === idKey(b.trim()),
  // The same as `method`, which is our word for it.
  paytype: () => true,
};

/** Without letter case, accents and kinds of apostrophe. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(COMBINING_MARKS, '').replace(APOSTROPHES, "'").toLowerCase();
}

function sameText(a: string, b: string): boolean {
  return folded(a).replace(/\s+/g, ' ').trim() === folded(b).replace(/\s+/g, ' ').trim();
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(folded(text).replaceAll("'", '').split(NOT_IN_WORDS).filter(Boolean));
}

/** One that leaves parts out says less, and nothing else. */
function sameParts(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const [fewer, more] = left.size < right.size ? [left, right] : [right, left];
  return fewer.size > 0 ? [...fewer].every((word) => more.has(word)) : sameText(a, b);
}

function samePhone(a: string, b: string): boolean {
  const [left, right] = [phoneDigits(a), phoneDigits(b)];
  return left === '' || right === '' ? sameText(a, b) : left === right;
}

/** A Ukrainian number is written with or without its country code. */
function phoneDigits(text: string): string {
  const digits = text.replace(/\D/g, '').replace(/^00/, '');
  if (/^0\d{9}$/.test(digits)) return `38${digits}`;
  return /^80\d{9}$/.test(digits) ? `3${digits}` : digits;
}

export function sameNumber(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  return left !== null && right !== null && compare(left, right) === 0;
}

const HEX_ADDRESS = /^(?:0x)?([0-9a-f]{40,64})$/i;

/** The letter case of a hexadecimal address is a checksum; that of every other is part of it. */
function sameChainAddress(a: string, b: string): boolean {
  const [left, right] = [HEX_ADDRESS.exec(a)?.[1], HEX_ADDRESS.exec(b)?.[1]];
  return left !== undefined && left.toLowerCase() === right?.toLowerCase();
}

/** The hidden digits stand as `*` or as `X`. */
function sameCard(a: string, b: string): boolean {
  return a.replace(/\D/g, '*') === b.replace(/\D/g, '*');
}

/** True when two lists hold the same items, in whatever order; what an item leaves out is no difference. */
export function sameItems(a: readonly Item[], b: readonly Item[]): boolean {
  if (a.length !== b.length) return false;
  const left = withoutPairs(a, b);
  const right = withoutPairs(b, a);
  if (left.length > MAX_INCOMPLETE_ITEMS) return false;
  for (const item of left) {
    const match = right.findIndex((other) => isSameItem(item, other));
    if (match === -1) return false;
    right.splice(match, 1);
  }
  return true;
}

/** The items that the other list does not have as often. */
function withoutPairs(items: readonly Item[], others: readonly Item[]): Item[] {
  const counts = new Map<string, number>();
  for (const item of others) counts.set(itemKey(item), (counts.get(itemKey(item)) ?? 0) + 1);
  return items.filter((item) => {
    const left = counts.get(itemKey(item)) ?? 0;
    counts.set(itemKey(item), left - 1);
    return left <= 0;
  });
}

function itemKey({ description, count, price }: Item): string {
  return JSON.stringify([folded(description).trim(), count && shortest(count), price && shortest(price)]);
}

function isSameItem(a: Item, b: Item): boolean {
  const same = (one: string | null, other: string | null): boolean =>
    one === null || other === null || sameNumber(one, other);
  const isNamedAlike = a.description === '' || b.description === '' || sameText(a.description, b.description);
  return isNamedAlike && same(a.count, b.count) && same(a.price, b.price);
}
