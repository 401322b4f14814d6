import { isFields, splitPair } from '@/lib/body';
import { readingsOf, withoutCards } from '@/lib/contacts';
import {
  type FieldRules,
  isShownKey,
  MASK,
  type Place,
  placeIn,
  placeOfEntries,
  TOP,
  visibilityOf,
} from '@/lib/field-rules';
import { isList } from '@/lib/json';
import type { Decoded, Value } from '@/lib/providers/provider';

type Readable = Extract<Decoded, { ok: true }>;

/** What is masked in a raw body: the token alone, or customer data as well. */
export type Masking = 'token' | FieldRules;

/**
 * A body as it was sent, with masks. What is masked is decided from the decoded names and values, so that no spelling
 * (escapes, percent encoding, blanks around the body) slips through; the rest stays as it was sent.
 */
export function maskBody(sent: string, decoded: Readable, masking: Masking): string {
  return decoded.format === 'json' ? maskJson(sent, decoded.fields, masking) : maskForm(sent, masking);
}

/** The same rules as everywhere; for whom only the token is masked no path has a rule. */
const NO_RULES: FieldRules = { understood: new Set(), people: new Set(), prose: new Set(), harmless: new Set() };

function placeOf(masking: Masking, above: Place, name: string): Place {
  return placeIn(masking === 'token' ? NO_RULES : masking, above, name);
}

function isMaskedValue(masking: Masking, place: Place, value: Value): boolean {
  if (place.kind === 'token' || (typeof value === 'string' && isForNobody(value)))
    return value !== null && value !== '';
  return masking !== 'token' && visibilityOf(place, value) === 'masked';
}

function isMaskedKey(masking: Masking, place: Place, name: string): boolean {
  return isForNobody(name) || (masking !== 'token' && !isShownKey(place, name));
}

export const JSON_PARTS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** An object or a list that is open at one place of the text. */
interface Open {
  readonly value: Value;
  readonly place: Place;
  /** Of a list: which entry is next. */
  index: number;
  /** Of an object: the key whose value is next; null: a key is next. */
  key: string | null;
}

function maskJson(text: string, fields: Value, masking: Masking): string {
  const open: Open[] = [];
  const next = (): { readonly value: Value; readonly place: Place } => {
    const within = open.at(-1);
    if (!within) return { value: fields, place: TOP };
    if (isList<Value>(within.value)) return { value: within.value[within.index] ?? null, place: within.place };
    const name = within.key ?? '';
    const value = isFields(within.value) && Object.hasOwn(within.value, name) ? within.value[name] : null;
    return { value: value ?? null, place: placeOf(masking, within.place, name) };
  };
  return text.replace(JSON_PARTS, (part) => {
    const within = open.at(-1);
    if (part === '{' || part === '[') {
      const { value, place } = next();
      open.push({ value, place: isList<Value>(value) ? placeOfEntries(place, value) : place, index: 0, key: null });
    } else if (part === '}' || part === ']') open.pop();
    else if (part === ',' && within) {
      within.index += 1;
      within.key = null;
    } else if (part !== ':') {
      if (within && isFields(within.value) && within.key === null) {
        within.key = unquote(part);
        const masked = isMaskedKey(masking, placeOf(masking, within.place, within.key), within.key);
        return masked ? `"${MASK}"` : part;
      }
      const { place } = next();
      return isMaskedValue(masking, place, scalarOf(part)) ? `"${MASK}"` : part;
    }
    return part;
  });
}

function scalarOf(part: string): Value {
  if (part === 'null') return null;
  return part === 'true' || part === 'false' ? part === 'true' : unquote(part);
}

/** A number is the digits that were sent. */
function unquote(part: string): string {
  if (!part.startsWith('"')) return part;
  try {
    return JSON.parse(part) as string;
  } catch {
    return part;
  }
}

function maskForm(text: string, masking: Masking): string {
  const body = text.replace(/^\ufeff/, '').trim();
  const start = text.indexOf(body);
  const pairs = body.split('&').map((pair) => maskPair(pair, masking));
  return text.slice(0, start) + pairs.join('&') + text.slice(start + body.length);
}

function maskPair(pair: string, masking: Masking): string {
  if (pair === '') return pair;
  const [name, value] = splitPair(pair);
  if (name === null || value === null) return MASK;
  const place = placeOf(masking, TOP, name);
  const hidesKey = isMaskedKey(masking, place, name);
  if (!hidesKey && !isMaskedValue(masking, place, value)) return pair;
  const equals = pair.indexOf('=');
  const key = hidesKey ? MASK : pair.slice(0, equals === -1 ? undefined : equals);
  if (equals === -1) return key;
  return `${key}=${value === '' ? '' : MASK}`;
}

/** A character of base64url, as it stands or percent-encoded; never a point. */
const SIGN = '(?:[\\w-]|%(?!2e)[0-9a-f]{2})';
const POINT = '(?:\\.|%2e)';
/** From the beginning of a word only: tried at each letter of a stranger's longest word it would take a minute. */
const THREE_PARTS = new RegExp(`(?<![\\w%-])${SIGN}{8,}${POINT}${SIGN}{8,}${POINT}${SIGN}{16,}`, 'gi');
const BEGINNING =
  /(?:e|%65)(?:y|%79)(?:J|%4a)(?:[\w-]|%(?!2e)[0-9a-f]{2}){5,}(?:(?:\.|%2e)(?:[\w-]|%(?!2e)[0-9a-f]{2})*){0,2}/gi;

/** A token is three parts of base64url; even in a body that cannot be read it is not shown. */
export function withoutTokens(text: string): string {
  return text.replace(THREE_PARTS, MASK).replace(BEGINNING, MASK);
}

/** A token, or a full card number. */
function isForNobody(text: string): boolean {
  return withoutTokens(text) !== text || readingsOf(text).some((reading) => withoutCards(reading) !== reading);
}
