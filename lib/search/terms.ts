import { wellFormed } from '@/lib/text';
import { foldSpelling, withoutAccents, withoutApostrophes, wordsIn } from './spelling';

/**
 * The words by which an invoice is found, each with the kind of thing it is: `o:order`. They are the lexemes of one
 * column and its index, so that everything is looked up at once, by beginnings, and a role that may not see a kind does
 * not ask for it. When they change, `INDEX_VERSION` in `reindex.ts` does too.
 */
export const KINDS = {
  order: 'o',
  invoice: 'i',
  hash: 'h',
  address: 'a',
  waybill: 'w',
  amount: 'm',
  name: 'n',
  /** Hashed with a key, by its last digits. */
  phone: 'p',
  /** Hashed with a key, whole. */
  email: 'e',
} as const;
export type Kind = keyof typeof KINDS;

/** A lexeme may have 2,046 bytes; a hostile order id has 50 KB. */
const LONGEST = 200;
/** Of a longer text no more is looked at: what nobody sees is dropped before it is cut. */
const LOOKED_AT = 1_000;
/** A wallet may gather thousands of transfers under one id; a row must stay a row. */
const MOST = 2_000;

/** How a word of this kind is written, both where it is stored and where it is looked for. */
export function termOf(kind: Kind, text: string): string {
  return `${KINDS[kind]}:${plain(kind, text)}`;
}

function plain(kind: Kind, text: string): string {
  const folded = foldSpelling(text.slice(0, LOOKED_AT));
  if (kind === 'invoice') return clipped(folded.replace(/^inv-/, ''));
  if (kind === 'hash' || kind === 'address') return clipped(folded.replace(/^0x/, ''));
  if (kind === 'waybill') return clipped(folded.replace(/[\s-]/g, ''));
  if (kind === 'amount') return clipped(withoutZeros(folded.replace(',', '.')));
  if (kind === 'name') return clipped(withoutAccents(folded));
  return clipped(folded);
}

function clipped(text: string): string {
  return wellFormed(text.slice(0, LONGEST));
}

/** `53.250` and `53.25` are one amount, and so are `007` and `7`. */
function withoutZeros(decimal: string): string {
  const bare = decimal.replace(/^0+(?=\d)/, '');
  return bare.includes('.') ? bare.replace(/\.?0+$/, '') : bare;
}

/** An order is found by the whole of it and by its parts: `Order-77/B` also by `77`. */
export function orderTerms(order: string): readonly string[] {
  const parts = wordsIn(foldSpelling(order.slice(0, LOOKED_AT)));
  return [order, ...parts].map((text) => termOf('order', text));
}

/** A name is found by each of its words; `O'Brien` also by `OBrien` and `Brien`. */
export function nameTerms(name: string): readonly string[] {
  const words = wordsIn(foldSpelling(name.slice(0, LOOKED_AT)));
  return words.flatMap(spellingsOf).map((text) => termOf('name', text));
}

function spellingsOf(word: string): readonly string[] {
  return word.includes("'") ? [word, withoutApostrophes(word), ...word.split("'").slice(1)] : [word];
}

export interface Findable {
  readonly orders: readonly string[];
  readonly invoice: string | null;
  readonly hashes: readonly string[];
  readonly address: string | null;
  readonly waybills: readonly string[];
  readonly amounts: readonly string[];
  readonly names: readonly string[];
}

/** Every term of an invoice but those of people's data that is kept encrypted. */
export function termsOf(found: Findable): readonly string[] {
  const of = (kind: Kind, texts: readonly string[]): readonly string[] => texts.map((text) => termOf(kind, text));
  const terms = [
    ...found.orders.flatMap(orderTerms),
    ...(found.invoice ? [termOf('invoice', found.invoice)] : []),
    ...of('waybill', found.waybills),
    ...of('amount', found.amounts),
    ...(found.address ? [termOf('address', found.address)] : []),
    ...found.names.flatMap(nameTerms),
    ...of('hash', found.hashes),
  ];
  return [...new Set(terms)].slice(0, MOST);
}
