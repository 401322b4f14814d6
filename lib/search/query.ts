import { parseDecimal } from '@/lib/money';
import { type Reading, readingsOf, searchWords } from './readings';
import { emailQuery, phoneQuery } from './secret-terms';
import { withoutApostrophes, wordsIn } from './spelling';
import { KINDS, type Kind, termOf } from './terms';

/** PostgreSQL's `tsquery` from what somebody typed; built by us, so that no sign in the text has a meaning. */

/** A beginning shorter than this would find half of everything; a whole word may be shorter. */
const SHORTEST_BEGINNING = 3;
const MOST_WORDS = 8;
const PEOPLE: ReadonlySet<Kind> = new Set(['name', 'phone', 'email']);
/** Alone among many digits an amount is what it is; the rest is found by its beginning. */
const WHOLE: ReadonlySet<Kind> = new Set(['amount', 'phone', 'email']);

export interface Asked {
  /** Whether names, phones and e-mail addresses may be looked through. */
  readonly people: boolean;
}

export interface KindQuery {
  readonly query: string;
  /** The query for the whole of what the text begins; null: the text is no beginning. Names are of many words. */
  readonly whole: string | null;
}

/** A lexeme as a query has it, and whether what begins so is meant as well. */
interface Lexeme {
  readonly text: string;
  readonly begins: boolean;
}

/** For each kind of thing that the text may be, the query that finds it. */
export function queriesByKind(text: string, asked: Asked): ReadonlyMap<Kind, KindQuery> {
  return queriesOf(readingsOf(text), asked);
}

function queriesOf(readings: readonly Reading[], { people }: Asked): ReadonlyMap<Kind, KindQuery> {
  const queries = new Map<Kind, KindQuery>();
  for (const kind of Object.keys(KINDS) as Kind[]) {
    if (PEOPLE.has(kind) && !people) continue;
    const query = kind === 'name' ? namesQuery(readings) : anyOf(readings.flatMap((one) => lexemesOf(kind, one)));
    if (query) queries.set(kind, query);
  }
  return queries;
}

/** One query for a list: the text as one thing, or every word of it as something. Null: it can find nothing. */
export function queryForList(text: string, asked: Asked): string | null {
  const one = [...queriesByKind(text, asked).values()].map(({ query }) => `(${query})`);
  const words = searchWords(text).slice(0, MOST_WORDS);
  const each = words.map((word) => {
    const queries = queriesOf([{ text: word, orderOnly: false }], asked);
    return [...queries.values()].map(({ query }) => query).join(' | ');
  });
  const all = words.length > 1 && each.every(Boolean) ? [`(${each.map((query) => `(${query})`).join(' & ')})`] : [];
  return [...one, ...all].join(' | ') || null;
}

function lexemesOf(kind: Kind, { text, orderOnly }: Reading): readonly Lexeme[] {
  if (orderOnly) return kind === 'order' ? [{ text: quoted(termOf(kind, text)), begins: false }] : [];
  if (kind === 'phone') return phoneQuery(text).map(exactly);
  if (kind === 'email') return emailQuery(text).map(exactly);
  if (kind === 'amount') return amountsIn(text).map((amount) => lexeme(kind, amount));
  const isOneWord = !text.includes(' ');
  if (kind === 'waybill') return isWaybill(text) ? [lexeme(kind, text)] : [];
  if (kind === 'hash' || kind === 'address') return isOneWord && text.length >= 6 ? [lexeme(kind, text)] : [];
  if (kind === 'invoice') return isOneWord && text.length >= SHORTEST_BEGINNING ? [lexeme(kind, text)] : [];
  return [lexeme(kind, text)];
}

/** A carrier's number: digits, in groups or not; abroad with letters around them, as `RB123456789UA`. */
function isWaybill(text: string): boolean {
  return /^[\d\s-]{6,}$/.test(text) || /^[a-z]{1,4}\d{6,}[a-z]{0,4}$/.test(text);
}

function anyOf(lexemes: readonly Lexeme[]): KindQuery | null {
  if (lexemes.length === 0) return null;
  const join = (texts: readonly string[]): string => [...new Set(texts)].join(' | ');
  return {
    query: join(lexemes.map(({ text, begins }) => (begins ? `${text}:*` : text))),
    whole: lexemes.some(({ begins }) => begins) ? join(lexemes.map(({ text }) => text)) : null,
  };
}

/** Every word begins a name, with its apostrophes or without. */
function namesQuery([whole]: readonly Reading[]): KindQuery | null {
  const words = wordsIn(whole?.text ?? '').slice(0, MOST_WORDS);
  if (words.every((word) => word.length < 2)) return null;
  const each = words.map(
    (word) => anyOf([word, withoutApostrophes(word)].map((one) => lexeme('name', one)))?.query ?? '',
  );
  return { query: each.map((query) => (query.includes(' | ') ? `(${query})` : query)).join(' & '), whole: null };
}

/** A number and what people put around it: `53,25`, `53.25 USDT`, `₴1 234,50`. */
const AMOUNT = /^(?:\p{L}{2,12}|\p{Sc})? ?(\d[\d '.,]*) ?(?:\p{L}[\p{L}_-]{1,11}|\p{Sc})?$/u;

/** The amounts that a text may be: a comma or a point followed by three digits may separate thousands or not. */
function amountsIn(text: string): readonly string[] {
  const [, number = ''] = AMOUNT.exec(text) ?? [];
  const digits = number.trim();
  if (!/^(?:\d+|\d{1,3}(?:[ '.,]\d{3})+)(?:[.,]\d+)?$/.test(digits)) return [];
  const asDecimal = digits
    .replace(/[ ']/g, '')
    .replace(/[.,](?=.*[.,])/g, '')
    .replace(',', '.');
  const asThousands = /[.,]\d{3}$/.test(digits) ? [digits.replace(/[ '.,]/g, '')] : [];
  return [asDecimal, ...asThousands].filter((amount) => parseDecimal(amount) !== null);
}

function lexeme(kind: Kind, text: string): Lexeme {
  const term = termOf(kind, text);
  const begins = !WHOLE.has(kind) && term.length >= KINDS[kind].length + 1 + SHORTEST_BEGINNING;
  return { text: quoted(term), begins };
}

function exactly(term: string): Lexeme {
  return { text: quoted(term), begins: false };
}

/** A term as a `tsquery` writes it. */
export function quoted(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
