import { wellFormed } from '@/lib/text';

/**
 * The words by which an invoice is found, each with the kind of thing it is: `o:order`. They are the lexemes of one
 * column and its index, so that everything is looked up at once, by beginnings, and a role that may not see a kind does
 * not ask for it.
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
/** A wallet may gather thousands of transfers under one id; a row must stay a row. */
const MOST = 2_000;

/** How a word of this kind is written, both where it is stored and where it is looked for. */
export function termOf(kind: Kind, text: string): string {
  return `${KINDS[kind]}:${plain(kind, text)}`;
}

function plain(kind: Kind, text: string): string {
  const lower = text.trim().toLowerCase();
  if (kind === 'invoice') return clipped(lower.replace(/^inv-/, ''));
  if (kind === 'hash' || kind === 'address') return clipped(lower.replace(/^0x/, ''));
  if (kind === 'waybill') return clipped(lower.replace(/[\s-]/g, ''));
  if (kind === 'amount') return clipped(withoutZeros(lower.replace(',', '.')));
  return clipped(lower);
}

function clipped(text: string): string {
  return wellFormed(text.slice(0, LONGEST));
}

/** `53.250` and `53.25` are one amount, and so are `007` and `7`. */
function withoutZeros(decimal: string): string {
  const bare = decimal.replace(/^0+(?=\d)/, '');
  return bare.includes('.') ? bare.replace(/\.?0+$/, '') : bare;
}

/** The parts of a name, an order id or whatever people compose: `Order-77/B` is also found by `77`. */
export function partsOf(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
}

export interface Findable {
  readonly orders: readonly string[];
  readonly invoice: string;
  readonly hashes: readonly string[];
  readonly address: string | null;
  readonly waybills: readonly string[];
  readonly amounts: readonly string[];
  readonly names: readonly string[];
}

/** Every term of an invoice but those of people's data that is kept encrypted. */
export function termsOf(found: Findable): readonly string[] {
  const of = (kind: Kind, texts: readonly string[]): readonly string[] => texts.map((text) => termOf(kind, text));
  const orders = found.orders.flatMap((order) => {
    const parts = partsOf(order);
    return parts.length > 1 ? [order, ...parts] : [order];
  });
  const terms = [
    ...of('order', orders),
    termOf('invoice', found.invoice),
    ...of('waybill', found.waybills),
    ...of('amount', found.amounts),
    ...(found.address ? [termOf('address', found.address)] : []),
    ...of('name', found.names.flatMap(partsOf)),
    ...of('hash', found.hashes),
  ];
  return [...new Set(terms)].slice(0, MOST);
}
