import { parse } from 'lossless-json';

/** A decoded JSON value whose numbers are still the digits that were sent. */
export type Json = string | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export type JsonProblem = { readonly reason: 'bad_json' | 'repeated_key' | 'too_deep'; readonly detail: string };
export type JsonResult = { readonly ok: true; readonly value: Json } | ({ readonly ok: false } & JsonProblem);

const MAX_DEPTH = 64;
const TOO_DEEP: JsonProblem = { reason: 'too_deep', detail: `Nested deeper than ${MAX_DEPTH} levels.` };
const REPEATED_KEY: JsonProblem = { reason: 'repeated_key', detail: 'The same key stands twice in one object.' };
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

interface Scan {
  /** The keys so far of each open object; null for an open list. */
  readonly open: (Set<string> | null)[];
  /** The next string is a key. */
  atKey: boolean;
}

/** Strict JSON, numbers kept as text. A stranger's mistake is a value; `detail` never repeats the text. */
export function parseJson(text: string): JsonResult {
  const problem = findStructuralProblem(text);
  if (problem) return { ok: false, ...problem };
  try {
    // The parser makes plain objects in which `__proto__` is an own property like any other.
    return { ok: true, value: parse(text, undefined, (digits) => digits) as Json };
  } catch (error) {
    return { ok: false, reason: 'bad_json', detail: explain(text, error) };
  }
}

/**
 * What a parser would let pass or die of: a key twice (even with the same value) and depth.
 * One pass without recursion; the grammar itself is left to the parser.
 */
export function findStructuralProblem(text: string): JsonProblem | null {
  const scan: Scan = { open: [], atKey: false };
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] !== '"') {
      follow(scan, text[index]);
      if (scan.open.length > MAX_DEPTH) return TOO_DEEP;
      continue;
    }
    const end = closingQuote(text, index);
    const keys = scan.atKey ? scan.open.at(-1) : null;
    if (keys && !remember(keys, text.slice(index, end + 1))) return REPEATED_KEY;
    scan.atKey = false;
    index = end;
  }
  return null;
}

/** Keeps account of what is open after a character outside of strings. */
function follow(scan: Scan, char: string | undefined): void {
  if (char === '{' || char === '[') {
    scan.open.push(char === '{' ? new Set() : null);
    scan.atKey = char === '{';
  } else if (char === '}' || char === ']') {
    scan.open.pop();
    scan.atKey = false;
  } else if (char === ',') {
    scan.atKey = Boolean(scan.open.at(-1));
  }
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

function explain(text: string, error: unknown): string {
  const bare = withoutStrings(text);
  if (/[\u201C\u201D\u201E\u2018\u2019]/.test(bare)) return 'Not JSON: curly quotes instead of straight ones.';
  if (/,\s*[}\]]/.test(bare)) return 'Not JSON: a trailing comma before a closing bracket.';
  if (/\bNaN\b/.test(bare)) return 'Not JSON: NaN is not a JSON number.';
  if (/\bInfinity\b/.test(bare)) return 'Not JSON: Infinity is not a JSON number.';
  if (/\b(?:None|True|False)\b/.test(bare)) return 'Not JSON: None, True and False are written null, true and false.';
  if (bare.includes("'")) return 'Not JSON: single quotes instead of double ones.';
  const message = error instanceof Error ? error.message : '';
  if (message.includes('reached end')) return 'Not JSON: the body ends in the middle.';
  const position = /at position (\d+)$/.exec(message)?.[1];
  return position ? `Not JSON: unexpected character at position ${position}.` : 'Not JSON.';
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
