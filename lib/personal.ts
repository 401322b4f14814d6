import { isFields } from './body';
import { isList } from './json';
import type { Fields, Value } from './providers/provider';
import { snakeCase } from './text';

/** What stands where a token or a person's data was. */
export const MASK = '••••••';

/** Field names under which people's data travels, at every provider and in the merchant's own metadata. */
const PERSONAL =
  /(name|patronymic|phone|mail|address|street|building|house|flat|apartment|floor|entrance|settlement|region|district|branch|postomat|(^|_)area|post_?(al_?)?code|(^|_)zip|client_ip|(^|_)ip$|pan|city|birth|contact|passport)/;
const NOT_PERSONAL = /^(network|project|currency|fullname|terminal_name|card_bank|card_country)$/;

/** Whether a field speaks of a person, as far as its name tells. */
export function isPersonal(name: string, value: Value): boolean {
  const spelled = snakeCase(name);
  return PERSONAL.test(spelled) && !NOT_PERSONAL.test(spelled) && !isCryptoAddress(spelled, value);
}

/** A wallet's address names nobody. */
function isCryptoAddress(name: string, value: Value): boolean {
  return name === 'address' && typeof value === 'string' && /^[\w:-]{20,120}$/.test(value);
}

/** Some senders put the details into the body as a JSON text. */
export function isNestedJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

const SHORT_NUMBER = /^[+-]?(?=(?:\D*\d){1,8}\D*$)\d+(?:\.\d+)?$/;
const DATE =
  /^(?:\d{4}-\d{2}-\d{2}|\d{2}[./]\d{2}[./]\d{4})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** A boolean, a date or a number of fewer than nine digits: too little to name or to reach somebody. */
export function isHarmless(value: Value): boolean {
  if (typeof value !== 'string') return typeof value === 'boolean' || value === null;
  return value === '' || /^(true|false)$/i.test(value) || SHORT_NUMBER.test(value) || DATE.test(value);
}

/** Where in a body one stands: what was found on the way there. */
export interface Place {
  /** Dotted, without positions in lists (`payments.products`). */
  readonly path: string;
  readonly personal: boolean;
  /** A meaning is given to it, or to what it is part of. */
  readonly understood: boolean;
}

export const TOP: Place = { path: '', personal: false, understood: false };

/** The place of a field of an object; `understood` is the provider's list. */
export function placeIn(above: Place, name: string, value: Value, understood: ReadonlySet<string>): Place {
  const path = above.path === '' ? name : `${above.path}.${name}`;
  return {
    path,
    personal: above.personal || isPersonal(name, value),
    understood: above.understood || understood.has(path) || understood.has(snakeCase(path)),
  };
}

/** Whether a value that holds no others is masked: a phone we know as one whatever its length, elsewhere not what is harmless. */
export function isMasked({ personal, understood }: Place, value: Value): boolean {
  return personal && (understood || !isHarmless(value));
}

/** A key inside a person's object is shown only where it is a field's name and cannot be data itself. */
const FIELD_NAME = /^[a-z][a-z_]{0,39}$/;

/** Whether a key within a person's data may be data itself: `{"Olena Kovalenko": true}`. */
export function isPersonalKey({ personal }: Place, name: string): boolean {
  return personal && !FIELD_NAME.test(name);
}

/**
 * The same fields with a mask in the place of every value that speaks of a person, or without those fields for whom
 * people are none of their business. For fields to which no meaning is given: harmless values stay.
 */
export function withoutPeople(fields: Fields, personal: 'masked' | 'left out'): Fields {
  const entries = Object.entries(fields).flatMap(([name, value]): readonly (readonly [string, Value])[] => {
    if (!isPersonal(name, value)) return [[name, inside(value, personal)]];
    return personal === 'left out' ? [] : [[name, masked(value)]];
  });
  return Object.fromEntries(entries);
}

function inside(value: Value, personal: 'masked' | 'left out'): Value {
  if (typeof value === 'string') return isNestedJson(value) ? MASK : value;
  if (isList<Value>(value)) return value.map((item) => inside(item, personal));
  return isFields(value) ? withoutPeople(value, personal) : value;
}

function masked(value: Value): Value {
  if (isList<Value>(value)) return value.map(masked);
  if (!isFields(value)) return isHarmless(value) ? value : MASK;
  const entries = Object.entries(value);
  if (!entries.every(([name]) => FIELD_NAME.test(name))) return MASK;
  return Object.fromEntries(entries.map(([name, inner]) => [name, masked(inner)]));
}
