import { withoutContacts } from '@/lib/contacts';
import { isList } from '@/lib/json';
import { isNumeric, parseDecimal } from '@/lib/money';
import { wellFormed } from '@/lib/text';
import { parseInstant } from '@/lib/time';
import type { Decimal, Instant, Value } from './provider';

/**
 * What single fields look like on the wire; null is a value that cannot be read. Numbers arrive as text, because
 * decoding keeps their digits. Plain functions and no schema: every optional field may fail alone without failing the
 * body, and reading a word through a schema library took four times as long.
 */
export type Wire<T> = (value: Value) => T | null;

const TOGGLES: ReadonlyMap<Value, boolean> = new Map<Value, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
  ['True', true],
  ['False', false],
  ['1', true],
  ['0', false],
]);

export function wireText(value: Value): string | null {
  return typeof value === 'string' ? wellFormed(value) : null;
}

/** A word, an id, a code: text whose surrounding blanks mean nothing. */
export function wireWord(value: Value): string | null {
  return typeof value === 'string' ? wellFormed(value).trim() : null;
}

/** Text for people: what is believed of an invoice is not sealed, so nobody's phone or address comes into it this way. */
export function wireProse(value: Value): string | null {
  return typeof value === 'string' ? withoutContacts(wellFormed(value)).trim() : null;
}

/** Text that writes a number, even one that is out of our range. */
export function wireNumber(value: Value): string | null {
  return typeof value === 'string' && isNumeric(value) ? value : null;
}

export function wireDecimal(value: Value): Decimal | null {
  return typeof value === 'string' ? parseDecimal(value) : null;
}

export function wireInstant(value: Value): Instant | null {
  return typeof value === 'string' ? parseInstant(value) : null;
}

export function wireToggle(value: Value): boolean | null {
  return TOGGLES.get(value) ?? null;
}

/** A list of texts without blanks and repetitions, in the order that was sent. */
export function wireTexts(value: Value): readonly string[] | null {
  if (!isList<Value>(value)) return null;
  const said = value.filter((item) => !isBlank(item));
  const texts = said.map(wireWord);
  return texts.includes(null) ? null : [...new Set(texts.filter((text) => text !== null))];
}

/** The same where a single text stands for a list of one. */
export function wireTextOrTexts(value: Value): readonly string[] | null {
  return wireTexts(typeof value === 'string' ? [value] : value);
}

/** Null, absent and blank all mean that the sender has nothing to say. */
export function isBlank(value: Value | undefined): value is null | undefined | string {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
