import { parseDecimal } from '@/lib/money';
import { emailQuery, phoneQuery } from './secret-terms';
import { KINDS, type Kind, partsOf, termOf } from './terms';

/** PostgreSQL's `tsquery` from what somebody typed; built by us, so that no sign in the text has a meaning. */

/** A beginning shorter than this would find half of everything; a whole word may be shorter. */
const SHORTEST_BEGINNING = 3;
const MOST_WORDS = 8;
/** How PostgreSQL marks a lexeme of which only the beginning is given. */
const BEGINNING = ':*';
const PEOPLE: ReadonlySet<Kind> = new Set(['name', 'phone', 'email']);
/** Alone among many digits an amount is what it is; the rest is found by its beginning. */
const WHOLE: ReadonlySet<Kind> = new Set(['amount', 'phone', 'email']);

export interface Asked {
  /** Whether names, phones and e-mail addresses may be looked through. */
  readonly people: boolean;
}

/** For each kind of thing that the text may be, the query that finds it. */
export function queriesByKind(text: string, { people }: Asked): ReadonlyMap<Kind, string> {
  const queries = new Map<Kind, string>();
  const words = text.trim().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  if (words.length === 0) return queries;
  for (const kind of Object.keys(KINDS) as Kind[]) {
    if (PEOPLE.has(kind) && !people) continue;
    const query = queryOf(kind, text.trim(), words);
    if (query) queries.set(kind, query);
  }
  return queries;
}

/** One query for a list: the whole text as one thing, or every word of it as something. Null: it can find nothing. */
export function queryForList(text: string, asked: Asked): string | null {
  const whole = [...queriesByKind(text, asked).values()];
  const words = text.trim().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  const each = words.map((word) => [...queriesByKind(word, asked).values()].join(' | '));
  const all =
    words.length > 1 && each.every((query) => query !== '') ? [each.map((query) => `(${query})`).join(' & ')] : [];
  return [...whole, ...all].map((query) => `(${query})`).join(' | ') || null;
}

function queryOf(kind: Kind, text: string, words: readonly string[]): string | null {
  if (kind === 'phone') return anyOf(phoneQuery(text));
  if (kind === 'email') return anyOf(emailQuery(text));
  if (kind === 'name') return namesQuery(words);
  if (kind === 'amount') return amountQuery(words);
  if (kind === 'waybill') return /^[\d\s-]{6,}$/.test(text) ? lexeme(kind, text) : null;
  if (kind === 'hash' || kind === 'address') return words.length === 1 && text.length >= 6 ? lexeme(kind, text) : null;
  if (kind === 'invoice') return words.length === 1 && text.length >= SHORTEST_BEGINNING ? lexeme(kind, text) : null;
  return lexeme(kind, text);
}

/** From a query for what begins so the one for what is so; null where it is one already. Names are of many words. */
export function wholeOf(kind: Kind, query: string): string | null {
  return kind !== 'name' && query.endsWith(BEGINNING) ? query.slice(0, -BEGINNING.length) : null;
}

function anyOf(terms: readonly string[]): string | null {
  return terms.map(quoted).join(' | ') || null;
}

/** Every part of every word begins a name. */
function namesQuery(words: readonly string[]): string | null {
  const parts = words.flatMap(partsOf);
  if (parts.length === 0 || parts.every((part) => part.length < 2)) return null;
  return parts.map((part) => lexeme('name', part)).join(' & ');
}

/** `53,25`, `53.25 USDT`: the currency is left to the eye. */
function amountQuery(words: readonly string[]): string | null {
  const [first = '', unit, ...more] = words;
  if (more.length > 0 || (unit !== undefined && !/^[\p{L}_-]{2,12}$/u.test(unit))) return null;
  return /^\d+([.,]\d+)?$/.test(first) && parseDecimal(first.replace(',', '.')) ? lexeme('amount', first) : null;
}

function lexeme(kind: Kind, text: string): string {
  const term = termOf(kind, text);
  const isWhole = WHOLE.has(kind) || term.length < KINDS[kind].length + 1 + SHORTEST_BEGINNING;
  return isWhole ? quoted(term) : quoted(term) + BEGINNING;
}

function quoted(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
