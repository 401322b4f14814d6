/** A decoded JSON value whose numbers are still the digits that were sent. */
export type Json = string | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export type JsonProblem = { readonly reason: 'bad_json' | 'repeated_key' | 'too_deep'; readonly detail: string };
export type JsonResult = { readonly ok: true; readonly value: Json } | ({ readonly ok: false } & JsonProblem);

type Scanned = { readonly ok: true; readonly text: string } | ({ readonly ok: false } & JsonProblem);

const MAX_DEPTH = 64;
export const TOO_DEEP = `Nested deeper than ${MAX_DEPTH} levels.`;
const REPEATED_KEY: Scanned = {
  ok: false,
  reason: 'repeated_key',
  detail: 'The same key stands twice in one object.',
};
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Strict JSON, numbers kept as text. A stranger's mistake is a value; `detail` never repeats the text. */
export function parseJson(text: string): JsonResult {
  const scanned = scan(text);
  if (!scanned.ok) return scanned;
  try {
    // `__proto__` becomes an own property like any other.
    const value: Json = JSON.parse(scanned.text);
    return { ok: true, value };
  } catch {
    return { ok: false, reason: 'bad_json', detail: explain(text) };
  }
}

/**
 * One pass without recursion, for what JSON.parse would let pass or die of: a key twice (even with the same value),
 * depth, and the digits of numbers, which it would round: each number where a value may stand is put between quotes.
 * The grammar itself is left to JSON.parse.
 */
function scan(text: string): Scanned {
  const open = new Open();
  let quoted = '';
  let copied = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      const end = closingQuote(text, index);
      if (!open.string(text, index, end)) return REPEATED_KEY;
      index = end;
    } else if (isNumeral(code) && !open.atKey) {
      const end = endOfNumeral(text, index);
      const numeral = text.slice(index, end);
      if (NUMBER.test(numeral)) {
        quoted += `${text.slice(copied, index)}"${numeral}"`;
        copied = end;
      }
      index = end - 1;
    } else if (!open.follow(code)) return { ok: false, reason: 'too_deep', detail: TOO_DEEP };
  }
  return { ok: true, text: copied === 0 ? text : quoted + text.slice(copied) };
}

/** What is open at one place of a text. */
class Open {
  /** The next string is a key. */
  atKey = false;
  /** The keys so far of each open object; null for an open list. */
  private readonly keys: (Set<string> | null)[] = [];

  /** False when the string is a key that its object has already. */
  string(text: string, start: number, end: number): boolean {
    const known = this.atKey ? this.keys.at(-1) : null;
    this.atKey = false;
    return !known || remember(known, text.slice(start, end + 1));
  }

  /** Takes account of a character outside of strings and numbers; false when that is too deep. */
  follow(code: number): boolean {
    if (code === OPEN_OBJECT || code === OPEN_LIST) {
      this.atKey = code === OPEN_OBJECT;
      this.keys.push(this.atKey ? new Set() : null);
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      this.keys.pop();
      this.atKey = false;
    } else if (code === COMMA) {
      this.atKey = Boolean(this.keys.at(-1));
    }
    return this.keys.length <= MAX_DEPTH;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A digit or a minus: how a number begins. */
function isNumeral(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

/** Past digits, signs, points and exponents, in whatever order they stand. */
function endOfNumeral(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && IN_NUMERAL.has(text.charCodeAt(end))) end += 1;
  return end;
}

const IN_NUMERAL: ReadonlySet<number> = new Set([...'0123456789+-.eE'].map((char) => char.charCodeAt(0)));

/**
 * The texts that an object has under these names, the first of each, found in one pass that builds nothing of the rest.
 * `open`: the object does not end. Whether the rest is JSON nobody looks at.
 */
export function topLevelTexts(
  text: string,
  names: readonly string[],
): ReadonlyMap<string, string> | 'too_deep' | 'open' {
  const found = new Map<string, string>();
  let depth = 0;
  let name: string | null = null;
  // Of the first level: a string is a key, or the value of `name`.
  let atKey = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      const end = endOfString(text, index);
      if (depth === 1 && atKey) name = keyAmong(text, index, end, names);
      else if (depth === 1 && name !== null) keepFirst(found, name, text.slice(index, end + 1));
      atKey = false;
      index = end;
    } else if (code === COMMA && depth === 1) {
      name = null;
      atKey = true;
    } else {
      depth += depthChange(code);
      if (depth > MAX_DEPTH) return 'too_deep';
      if (depth === 0) return found;
      atKey ||= depth === 1 && code === OPEN_OBJECT;
    }
  }
  return 'open';
}

function depthChange(code: number): number {
  if (code === OPEN_OBJECT || code === OPEN_LIST) return 1;
  return code === CLOSE_OBJECT || code === CLOSE_LIST ? -1 : 0;
}

function keepFirst(found: Map<string, string>, name: string, quoted: string): void {
  if (!found.has(name)) found.set(name, unescapeKey(quoted));
}

/** Without `indexOf`, whose call costs more than a short string. */
function endOfString(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) return end;
    if (code === BACKSLASH) end += 1;
  }
  return end;
}

/** Which of the names the key between these quotes is. */
function keyAmong(text: string, start: number, end: number, names: readonly string[]): string | null {
  return names.find((name) => spells(text, start + 1, end, name)) ?? null;
}

/** Without JSON.parse, which throws at a broken escape, and that costs more than everything else. */
function spells(text: string, start: number, end: number, name: string): boolean {
  let at = start;
  for (let nth = 0; nth < name.length; nth += 1) {
    let code = text.charCodeAt(at);
    const isEscape = code === BACKSLASH;
    // No other escape writes a letter.
    if (isEscape) code = text[at + 1] === 'u' ? Number.parseInt(text.slice(at + 2, at + 6), 16) : 0;
    if (code !== name.charCodeAt(nth)) return false;
    at += isEscape ? 6 : 1;
  }
  return at === end;
}

/** Whether JSON.parse alone would be too lenient with this text, or die of it. */
export function hasStructuralProblem(text: string): boolean {
  return !scan(text).ok;
}

/** Where the string that opens at `start` ends; the text's end when it never does. */
function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text[index - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** False when the key was there already. `"\u0061"` and `"a"` are one key. */
function remember(keys: Set<string>, quoted: string): boolean {
  const key = quoted.includes('\\') ? unescapeKey(quoted) : quoted.slice(1, -1);
  if (keys.has(key)) return false;
  keys.add(key);
  return true;
}

function unescapeKey(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    // Not a string at all: the parser will say so.
    return quoted;
  }
}

/** What is wrong with a text that is no JSON, in the sender's words where the mistake is a common one. */
function explain(text: string): string {
  const bare = withoutStrings(text);
  if (/[\u201C\u201D\u201E\u2018\u2019]/.test(bare)) return 'Not JSON: curly quotes instead of straight ones.';
  if (/,\s*[}\]]/.test(bare)) return 'Not JSON: a trailing comma before a closing bracket.';
  if (/\bNaN\b/.test(bare)) return 'Not JSON: NaN is not a JSON number.';
  if (/\bInfinity\b/.test(bare)) return 'Not JSON: Infinity is not a JSON number.';
  if (/\b(?:None|True|False)\b/.test(bare)) return 'Not JSON: None, True and False are written null, true and false.';
  if (bare.includes("'")) return 'Not JSON: single quotes instead of double ones.';
  const message = complaintOf(text);
  if (/end of JSON input|Unterminated string/.test(message)) return 'Not JSON: the body ends in the middle.';
  const position = /at position (\d+)/.exec(message)?.[1];
  return position ? `Not JSON: unexpected character at position ${position}.` : 'Not JSON.';
}

/** The engine's own words for the text as it was sent. */
function complaintOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

/** The text outside of strings, so that a hint is never drawn from what a string says. */
function withoutStrings(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let start = text.indexOf('"'); start !== -1; start = text.indexOf('"', from)) {
    parts.push(text.slice(from, start), '""');
    from = closingQuote(text, start) + 1;
  }
  return [...parts, text.slice(from)].join('');
}

/**
 * JSON text in which the fields at the given paths (dotted, list positions left out) are written as numbers, digit for
 * digit, where they are numbers. Everything else that is text is written as text.
 */
export function writeJson(value: Json, numeric: ReadonlySet<string>, path = ''): string {
  if (typeof value === 'string') return numeric.has(path) && NUMBER.test(value) ? value : JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map((item) => writeJson(item, numeric, path)).join(',')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${writeJson(member, numeric, path ? `${path}.${name}` : name)}`,
  );
  return `{${members.join(',')}}`;
}

/** `Array.isArray` does not narrow readonly lists. */
export function isList<T>(value: unknown | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
