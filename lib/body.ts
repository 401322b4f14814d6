import { isList, parseJson, TOO_DEEP, topLevelTexts } from './json';
import type { Decoded, Fields, UnreadableReason, Value } from './providers/provider';

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const SCALAR = /^(?:null|true|false|-?\d[\d.eE+-]*)$/;

/** Bytes to fields, JSON or form by the first character, whatever the content type says. Nothing is trusted yet. */
export function decodeBody(bytes: Uint8Array, knownFormFields: readonly string[]): Decoded {
  const text = readUtf8(bytes);
  if (text === null) return unreadable('bad_encoding', 'The body is not valid UTF-8.');
  const body = text.trim();
  if (body === '') return unreadable('empty', 'The body is empty.');
  return /^[{["]/.test(body) ? decodeJson(body) : decodeForm(body, knownFormFields);
}

/** Of a form that nobody has verified so many fields are looked at, and so many names whose characters are encoded. */
const MAX_SKIMMED_FIELDS = 1_000;
const MAX_ENCODED_NAMES = 20;

/**
 * The top-level texts of these names, read in one pass that builds nothing of the rest: for a large body that nobody has
 * verified yet. What it takes for readable `decodeBody` may still refuse.
 */
export function skimBody(bytes: Uint8Array, names: readonly string[], knownFormFields: readonly string[]): Decoded {
  const text = readUtf8(bytes);
  if (text === null) return unreadable('bad_encoding', 'The body is not valid UTF-8.');
  const body = text.trim();
  if (body === '') return unreadable('empty', 'The body is empty.');
  if (/^["[]/.test(body)) return unreadable('not_an_object', 'The body is JSON but not an object.');
  return body.startsWith('{') ? skimJson(body, names) : skimForm(body, names, knownFormFields);
}

function skimJson(body: string, names: readonly string[]): Decoded {
  const skimmed = topLevelTexts(body, names);
  if (skimmed === 'too_deep') return unreadable('too_deep', TOO_DEEP);
  if (skimmed === 'open') return unreadable('bad_json', 'Not JSON: the body ends in the middle.');
  return { ok: true, fields: Object.fromEntries(skimmed), format: 'json' };
}

function skimForm(body: string, names: readonly string[], known: readonly string[]): Decoded {
  const fields = new Map<string, string>();
  let isKnown = false;
  let encoded = 0;
  let start = 0;
  for (let nth = 0; nth < MAX_SKIMMED_FIELDS && start <= body.length; nth += 1) {
    const next = body.indexOf('&', start);
    const end = next === -1 ? body.length : next;
    // Each character is looked at once: a search from here to the end of the body, for each field, would take seconds.
    const pair = body.slice(start, end);
    const equals = pair.indexOf('=');
    const written = equals === -1 ? pair : pair.slice(0, equals);
    const name = written.includes('%') && encoded++ < MAX_ENCODED_NAMES ? percentDecode(written) : written;
    isKnown ||= name !== null && known.includes(name);
    if (name !== null && names.includes(name) && !fields.has(name)) {
      const [, value] = splitPair(pair);
      if (value !== null) fields.set(name, value);
    }
    start = end + 1;
  }
  if (!isKnown) return unreadable('not_a_form', 'The body is neither JSON nor a form with a known field.');
  return { ok: true, fields: Object.fromEntries(fields), format: 'form' };
}

function unreadable(reason: UnreadableReason, detail: string): Decoded {
  return { ok: false, reason, detail };
}

/** The decoder drops a byte order mark by itself. */
function readUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

function decodeJson(body: string): Decoded {
  const parsed = parseJson(body);
  if (!parsed.ok) return parsed;
  if (!isFields(parsed.value)) return unreadable('not_an_object', 'The body is JSON but not an object.');
  return { ok: true, fields: parsed.value, format: 'json' };
}

function decodeForm(body: string, known: readonly string[]): Decoded {
  if (SCALAR.test(body)) return unreadable('not_an_object', 'The body is a single value, not an object.');
  if (body === 'NaN') return unreadable('bad_json', 'Not JSON: NaN is not a JSON number.');
  const fields = new Map<string, string>();
  for (const pair of body.split('&')) {
    if (pair === '') continue;
    const [name, value] = splitPair(pair);
    if (name === null || value === null) return unreadable('bad_encoding', 'The percent encoding is not valid UTF-8.');
    if (fields.has(name)) return unreadable('repeated_key', 'The same key stands twice in the form.');
    fields.set(name, value);
  }
  if (!known.some((name) => fields.has(name))) {
    return unreadable('not_a_form', 'The body is neither JSON nor a form with a known field.');
  }
  // fromEntries makes `__proto__` an own property like any other.
  return { ok: true, fields: Object.fromEntries(fields), format: 'form' };
}

/** Name and value of one pair of a form; null: the percent encoding is not valid. */
export function splitPair(pair: string): readonly [string | null, string | null] {
  const equals = pair.indexOf('=');
  if (equals === -1) return [percentDecode(pair), ''];
  return [percentDecode(pair.slice(0, equals)), percentDecode(pair.slice(equals + 1))];
}

function percentDecode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/** True for an object; lists, text, booleans and null are not. */
export function isFields(value: Value | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !isList(value);
}

/**
 * What a body says, the same for every spelling of the same content (keys sorted, blanks gone) and different for
 * different content. `without` names top-level fields that differ between retries, like a token.
 */
export function canonicalContent(fields: Fields, without: readonly string[]): string {
  return writeFields(fields, without);
}

/** Texts come with their length, and each kind has its letter, so that two contents never look alike. */
function writeValue(value: Value): string {
  if (typeof value === 'string') return writeText(value);
  if (isList<Value>(value)) return `l${value.length}${value.map(writeValue).join('')}`;
  return isFields(value) ? writeFields(value, []) : `c${value}`;
}

function writeText(text: string): string {
  return `t${text.length}:${text}`;
}

function writeFields(fields: Fields, without: readonly string[]): string {
  const names = Object.keys(fields).filter((name) => !without.includes(name));
  let written = `o${names.length}`;
  for (const name of names.sort()) written += writeText(name) + writeValue(fields[name] ?? null);
  return written;
}
