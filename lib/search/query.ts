import { parseDecimal } from '@/lib/money';
import type { Asked } from '@/lib/query-string';
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

export const NO_PEOPLE: Asked = { people: 'none' };
export const ALL_PEOPLE: Asked = { people: 'free' };

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
  const queries = new Map(queriesOf(readingsOf(text), asked, phonesIn(text)));
  if (asked.ofOrder === undefined) return queries;
  const query = [queries.get('phone')?.query, asked.ofOrder].filter(Boolean).join(' | ');
  return queries.set('phone', { query, whole: null });
}

/** `phones`: which of the readings are whole phones, for whom phones are limited. */
function queriesOf(
  readings: readonly Reading[],
  asked: Asked,
  phones: ReadonlySet<string>,
): ReadonlyMap<Kind, KindQuery> {
  const queries = new Map<Kind, KindQuery>();
  for (const kind of Object.keys(KINDS) as Kind[]) {
    if (PEOPLE.has(kind) && (asked.people === 'none' || (kind === 'phone' && asked.phones === false))) continue;
    const isLimited = kind === 'phone' && asked.people === 'limited';
    const own = isLimited ? readings.filter(({ text }) => phones.has(text)) : readings;
    const query = kind === 'name' ? namesQuery(own, asked) : anyOf(own.flatMap((one) => lexemesOf(kind, one)));
    if (query) queries.set(kind, query);
  }
  return queries;
}

/** One query for a list: the text as one thing, or every word of it as something. Null: it can find nothing. */
export function queryForList(text: string, asked: Asked): string | null {
  const one = [...queriesByKind(text, asked).values()].map(({ query }) => `(${query})`);
  const words = searchWords(text).slice(0, MOST_WORDS);
  const phones = phonesIn(text);
  const each = words.map((word) => {
    const queries = queriesOf([{ text: word, orderOnly: false }], asked, phones);
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

/** For whom phones and names are limited, no fewer than these. */
const LEAST_DIGITS = 7;
const LEAST_LETTERS = 4;

/**
 * Every word begins a name, with its apostrophes or without. Where names are limited a word begins one from four letters
 * on; a shorter one is looked for as a whole, and only beside a longer one, and what has a digit in it is no name.
 */
function namesQuery([whole]: readonly Reading[], { people }: Asked): KindQuery | null {
  const text = whole?.text ?? '';
  const words = wordsIn(text).slice(0, MOST_WORDS);
  const limited = people === 'limited';
  if (limited ? text.includes('@') || !isName(words) : words.every((word) => word.length < 2)) return null;
  const each = words.map((word) => {
    const spellings = [word, withoutApostrophes(word)].map((one) => lexeme('name', one));
    const begins = !limited || lettersOf(word) >= LEAST_LETTERS;
    return anyOf(begins ? spellings : spellings.map(({ text }) => ({ text, begins: false })))?.query ?? '';
  });
  return { query: each.map((query) => (query.includes(' | ') ? `(${query})` : query)).join(' & '), whole: null };
}

function isName(words: readonly string[]): boolean {
  return words.some((word) => lettersOf(word) >= LEAST_LETTERS) && !words.some((word) => /\p{N}/u.test(word));
}

function lettersOf(word: string): number {
  return word.match(/\p{L}/gu)?.length ?? 0;
}

/** How many phones, e-mail addresses and names a text asks for, and what they are, in one spelling. */
export interface PeopleAsked {
  readonly phone: readonly string[];
  readonly email: readonly string[];
  readonly name: readonly string[];
}

/** What a limited search for the text looks through, in the search and in a list, which also takes it word by word. */
export function peopleAskedBy(text: string): PeopleAsked {
  const asked: Asked = { people: 'limited' };
  const words = searchWords(text)
    .slice(0, MOST_WORDS)
    .map((word) => ({ text: word, orderOnly: false }));
  const readings = readingsOf(text);
  const names = [...readings.slice(0, 1), ...words].flatMap((one) => namesQuery([one], asked)?.query ?? []);
  // An old key of the deployment asks for the same phone once more.
  const first = (keyed: readonly string[]): readonly string[] => keyed.slice(0, 1);
  return {
    phone: [...new Set([...phonesIn(text)].flatMap((phone) => first(phoneQuery(phone))))],
    email: [...new Set([...readings, ...words].flatMap((one) => first(emailQuery(one.text))))],
    // Words of one name: all of them stand for one question.
    name: names.length > 0 ? [names.join(' ')] : [],
  };
}

/** The longest phone that people divide into groups. */
const MOST_DIVIDED = 13;

/** The readings of a text that are phones, without the groups of one: `067 111-22-33` is one phone. */
function phonesIn(text: string): ReadonlySet<string> {
  const words = searchWords(text).slice(0, MOST_WORDS);
  const all = new Set([
    ...readingsOf(text)
      .filter(({ orderOnly }) => !orderOnly)
      .map((one) => one.text),
    ...words,
  ]);
  const phones = [...all].filter((one) => {
    const digits = one.replace(/\D/g, '').length;
    return digits >= LEAST_DIGITS && (digits <= MOST_DIVIDED || !one.includes(' ')) && phoneQuery(one).length > 0;
  });
  return new Set(phones.filter((one) => !phones.some((other) => other !== one && isGroupOf(one, other))));
}

function isGroupOf(group: string, phone: string): boolean {
  return phone.length > group.length && phone.split(' ').includes(group);
}

/** What identifies an order: all of its number, its invoice, a transaction or a waybill. Null: the text is none of these. */
export function wholeOrderQuery(text: string): string | null {
  const kinds = ['order', 'invoice', 'hash', 'waybill'] as const;
  const readings = readingsOf(text).filter((one) => /\p{N}/u.test(one.text));
  const lexemes = kinds.flatMap((kind) => readings.flatMap((one) => lexemesOf(kind, one)));
  return anyOf(lexemes.map(({ text: term }) => ({ text: term, begins: false })))?.query ?? null;
}

/** The last four to six digits of a phone beside one word that may identify an order. */
export interface ShortPhone {
  readonly term: string;
  readonly query: string;
  readonly order: string;
}

/** Too few digits to look for by themselves. More than one other word could name many orders at once. */
export function shortPhonesIn(text: string): readonly ShortPhone[] {
  const words = searchWords(text);
  if (words.length !== 2) return [];
  return words.flatMap((word, index) => {
    const order = words[1 - index] ?? '';
    if (!/^\d{4,6}$/.test(word)) return [];
    const terms = phoneQuery(word);
    return [{ term: terms[0] ?? '', query: anyOf(terms.map(exactly))?.query ?? '', order }];
  });
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
