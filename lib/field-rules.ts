import { isAddressField } from './address-fields';
import { isFields } from './body';
import { readingsOf, withoutContacts, withoutContactsInId } from './contacts';
import { isList } from './json';
import type { Fields, Provider, Value } from './providers/provider';
import { snakeCase } from './text';

/** What stands where a token or a customer's data was. */
export const MASK = '••••••';

/** Which fields of a body may be shown, by their paths: dotted, without positions in lists (`payments.products`). */
export interface FieldRules {
  /** The parser gives them a meaning, and they are shown with it. */
  readonly understood: ReadonlySet<string>;
  /** Of those, the ones that hold customer data. */
  readonly people: ReadonlySet<string>;
  /** Of those, the ones that are text for people, in which somebody may be named. */
  readonly prose: ReadonlySet<string>;
  /** The parser gives them no meaning, and they name nobody. */
  readonly harmless: ReadonlySet<string>;
}

/** `plainMetadata`: what the owners of the project know to be harmless in its metadata, without `metadata.` in front. */
export function fieldRules(
  { understood, people, prose, harmless }: Pick<Provider, 'understood' | 'people' | 'prose' | 'harmless'>,
  plainMetadata: readonly string[] = [],
): FieldRules {
  const own = plainMetadata.map((path) => `metadata.${path}`);
  return {
    understood: new Set(understood),
    people: new Set(people),
    prose: new Set(prose),
    harmless: new Set([...harmless, ...own]),
  };
}

type Kind = 'token' | 'person' | 'address' | 'understood' | 'prose' | 'harmless' | 'unknown';

/** Where in a body a value stands. */
export interface Place {
  readonly path: string;
  readonly kind: Kind;
  /** The rules name its path, not only what it is part of. */
  readonly named: boolean;
  /** A part of a list of short numbers that may be one long number. */
  readonly part?: true;
}

export const TOP: Place = { path: '', kind: 'unknown', named: false };

/** The place of a field of an object. */
export function placeIn({ understood, people, prose, harmless }: FieldRules, above: Place, name: string): Place {
  // A dot within a name would look like a path.
  const own = name.includes('.') ? JSON.stringify(name) : name;
  const path = above.path === '' ? own : `${above.path}.${own}`;
  const has = (paths: ReadonlySet<string>): boolean => paths.has(path) || paths.has(snakeCase(path));
  if (name === 'token') return { path, kind: 'token', named: true };
  if (above.kind === 'token') return { path, kind: 'token', named: false };
  if (has(people)) return { path, kind: 'person', named: true };
  if (above.kind === 'person') return { path, kind: 'person', named: false };
  if (has(prose)) return { path, kind: 'prose', named: true };
  if (has(understood)) return { path, kind: 'understood', named: true };
  if (has(harmless)) return { path, kind: 'harmless', named: true };
  const kind = above.kind === 'address' || isAddressField(name) ? 'address' : 'unknown';
  return { path, kind, named: false };
}

/** The place of the entries of a list: that of the list. */
export function placeOfEntries(place: Place, list: readonly Value[]): Place {
  return place.kind === 'unknown' && isLongNumberInParts(list) ? { ...place, part: true } : place;
}

/** `["38", "067", "1112233"]`: each is short, together they are a phone. */
function isLongNumberInParts(list: readonly Value[]): boolean {
  const numbers = list.filter((item): item is string => typeof item === 'string' && SHORT_NUMBER.test(item));
  return numbers.join('').replace(/\D/g, '').length > SHORT;
}

/**
 * Who sees a value: `plain` everybody, `short` those who see masks in the place of what is `masked`. Short are numbers of
 * fewer than nine digits, booleans and dates to which no meaning is given: too little to name or to reach somebody.
 */
export type Visibility = 'plain' | 'short' | 'masked';

/** For a value that holds no others. */
export function visibilityOf({ kind, named, part }: Place, value: Value): Visibility {
  if (value === null || value === '' || isEmptyInside(value)) return named ? 'plain' : 'short';
  switch (kind) {
    case 'token':
    case 'person':
      return 'masked';
    case 'understood':
      return isNestedJson(value) || isHiddenBy(withoutContactsInId, value) ? 'masked' : 'plain';
    case 'prose':
      return isNestedJson(value) || isHiddenBy(withoutContacts, value) ? 'masked' : 'plain';
    case 'harmless':
      return isNestedJson(value) || holdsContact(value) ? 'masked' : 'plain';
    case 'address':
      return typeof value === 'boolean' || isDate(value) ? 'short' : 'masked';
    case 'unknown':
      return isShort(value) && !(part && isShortNumber(value)) ? 'short' : 'masked';
  }
}

function isEmptyInside(value: Value): boolean {
  return isList<Value>(value) ? value.length === 0 : isFields(value) && Object.keys(value).length === 0;
}

/** As merchants name their fields; `Olena Kovalenko` and `380671112233` are none. */
const FIELD_NAME = /^(?:[a-z_$][\w$-]{0,63}|[A-Z]{2,4}|\d{1,4})$/;

/** Whether a key may be shown where values are masked. One that the rules name is, any other may be data itself. */
export function isShownKey({ named }: Place, name: string): boolean {
  return named || (FIELD_NAME.test(name) && name.replace(/\D/g, '').length <= SHORT);
}

/** So many digits reach nobody. */
const SHORT = 8;
const SHORT_NUMBER = /^[+-]?(?=(?:\D*\d){1,8}\D*$)\d+(?:\.\d+)?$/;
const DATE =
  /^(?:\d{4}-\d{2}-\d{2}|\d{2}[./]\d{2}[./]\d{4})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

function isShort(value: Value): boolean {
  if (typeof value !== 'string') return typeof value === 'boolean';
  return /^(true|false)$/i.test(value) || SHORT_NUMBER.test(value) || DATE.test(value);
}

function isShortNumber(value: Value): boolean {
  return typeof value === 'string' && SHORT_NUMBER.test(value);
}

function isDate(value: Value): boolean {
  return typeof value === 'string' && DATE.test(value);
}

/** Some senders put details into a field as a JSON text. */
export function isNestedJson(value: Value): boolean {
  return typeof value === 'string' && /^\s*(?:[{[]|"\s*[{[])/.test(value);
}

function isHiddenBy(without: (text: string) => string, value: Value): boolean {
  return typeof value === 'string' && without(value) !== value;
}

/** A text with an e-mail address or a phone in it, also where it is encoded. */
function holdsContact(value: Value): boolean {
  return typeof value === 'string' && readingsOf(value).some((text) => text.includes('@') || holdsLongNumber(text));
}

/** An amount in a coin. */
const FRACTION = /^-?(?:0\.\d+|\d\.\d+e[+-]?\d{1,2})$/i;
const DATES = /(?<!\d)(?:19|20)\d{2}-(?:0\d|1[0-2])-[0-3]\d(?!\d)/g;
const NUMBERS = /\p{Nd}(?:[\s().,+_/*\p{Pd}]*\p{Nd})*/gu;

/** Nine to fifteen digits, or more than eight that blanks and the like divide. One longer number is the id of a campaign. */
function holdsLongNumber(text: string): boolean {
  if (FRACTION.test(text)) return false;
  return (text.replace(DATES, ' ').match(NUMBERS) ?? []).some((number) => {
    const groups = number.match(/\p{Nd}+/gu) ?? [];
    const digits = groups.reduce((sum, group) => sum + [...group].length, 0);
    return digits > SHORT && (groups.length > 1 || digits <= 15);
  });
}

/** A value of a body that holds no others, with where it stands. */
export interface Leaf {
  readonly path: string;
  /** Without keys that may name somebody. */
  readonly shownPath: string;
  readonly value: Value;
  readonly place: Place;
}

/** Every value that holds no others, by its path with positions in lists (`payments.0.amount`). */
export function leavesOf(fields: Fields, rules: FieldRules): readonly Leaf[] {
  const leaves: Leaf[] = [];
  if (Object.keys(fields).length > 0) collect({ leaves, rules }, fields, { path: '', shown: '' }, TOP);
  return leaves;
}

interface Collection {
  readonly leaves: Leaf[];
  readonly rules: FieldRules;
}

interface Path {
  readonly path: string;
  readonly shown: string;
}

function below(above: Path, own: string, shown: string = own): Path {
  if (above.path === '') return { path: own, shown };
  return { path: `${above.path}.${own}`, shown: `${above.shown}.${shown}` };
}

function collect(into: Collection, value: Value, path: Path, place: Place): void {
  if (isList<Value>(value) && value.length > 0) {
    const inner = placeOfEntries(place, value);
    for (const [index, item] of value.entries()) collect(into, item, below(path, String(index)), inner);
  } else if (isFields(value) && Object.keys(value).length > 0) {
    for (const [name, inner] of Object.entries(value)) {
      const own = name.includes('.') ? JSON.stringify(name) : name;
      const innerPlace = placeIn(into.rules, place, name);
      collect(into, inner, below(path, own, isShownKey(innerPlace, name) ? own : MASK), innerPlace);
    }
  } else {
    into.leaves.push({ path: path.path, shownPath: path.shown, value, place });
  }
}
