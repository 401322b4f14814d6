/*
 * What may stand in a log: no secrets, no people's data. Errors are where either would get in: a database's tells values,
 * a parser's a piece of what it read, an address its password.
 */

export interface SafeError {
  readonly type: string;
  readonly message: string;
  /** SQLSTATE, or what Node calls the failure. */
  readonly code?: string;
  readonly constraint?: string;
  /** What Next shows to who met the error, so that both are found together. */
  readonly digest?: string;
  readonly stack?: readonly string[];
  readonly cause?: SafeError;
}

const FRAMES = 12;
const DEPTH = 3;

export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: safeText(String(error)) };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const stack = frames.slice(0, FRAMES).map((line) => line.trim());
  const cause = error.cause === undefined || depth === DEPTH ? {} : { cause: safeError(error.cause, depth + 1) };
  return { type: error.name, message: messageOf(error), ...named(error), ...cause, ...(depth === 0 ? { stack } : {}) };
}

/** Drizzle puts every parameter of a failed query into its message. */
function messageOf(error: Error): string {
  return 'query' in error && 'params' in error ? 'A query failed.' : safeText(error.message);
}

/** Names of things of ours; `detail`, `where` and the rest say what was in them. */
function named(error: Error): Pick<SafeError, 'code' | 'constraint' | 'digest'> {
  const found: { code?: string; constraint?: string; digest?: string } = {};
  for (const name of ['code', 'constraint', 'digest'] as const) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === 'string' && /^[\w-]{1,64}$/.test(value)) found[name] = value;
  }
  return found;
}

const UUID = /([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})/i;

const HIDDEN: readonly (readonly [RegExp, string])[] = [
  [/"[^"]*"/g, '"…"'],
  [/(\/api\/+postbacks\/+)[^\s/?#]+/gi, '$1…'],
  [/(\/+(?:invitation|reset-password)\/+)[^\s/?#]+/gi, '$1…'],
  [/\?[^\s]*=[^\s]*/g, '?…'],
  [/\/\/[^\s/@]+@/g, '//…@'],
  [/[^\s@'<>(),;:]+@[^\s@'<>(),;:]+\.\w+/g, '…@…'],
  // Tokens of three parts, keys, hashes, signatures.
  [/(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+=-]{20,}(\.[\w-]{4,})*/gi, '…'],
  [/\+?\d(?:[ ()-]{0,2}\d){8,}/g, '…'],
];

/** Ids of ours stay; quoted pieces, addresses of people, long numbers and what looks like a key do not. */
export function safeText(text: string): string {
  const parts = text.slice(0, 2_000).split(UUID);
  return parts.map((part, index) => (index % 2 === 1 ? part : hidden(part))).join('');
}

function hidden(text: string): string {
  return HIDDEN.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}
