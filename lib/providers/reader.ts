import { isFields } from '@/lib/body';
import { isList } from '@/lib/json';
import { isNumeric, isPositive } from '@/lib/money';
import type { Decimal, Fields, Flag, FlagCode, Value } from './provider';
import { isBlank, type Wire, wireDecimal } from './wire';

/** A body can hold thousands of unreadable entries; the first ones say it all. */
const MOST_FLAGS = 100;
/** Of each list so many entries are read; no genuine one is longer. */
export const MAX_ENTRIES = 200;
const MOST_PATHS = 1000;
const splitPaths = new Map<string, readonly string[]>();

export type Required<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly field: string; readonly problem: 'missing' | 'unreadable' };

/** Reads fields by dotted path. An optional field that cannot be read becomes null and a flag, never a refusal. */
export class Reader {
  private readonly found = new Map<string, Flag>();

  constructor(private readonly fields: Fields) {}

  /** Of a list that is too long its beginning, and a flag for the rest. */
  value(path: string): Value | undefined {
    const value = valueAt(this.fields, path);
    if (!isList<Value>(value) || value.length <= MAX_ENTRIES) return value;
    this.flag('unreadable_field', path);
    return value.slice(0, MAX_ENTRIES);
  }

  read<T>(path: string, wire: Wire<T>): T | null {
    const sent = this.value(path);
    if (sent === undefined || isBlank(sent)) return null;
    const result = wire(sent);
    if (result === null) this.flag('unreadable_field', path);
    return result;
  }

  required<T>(path: string, wire: Wire<T>): Required<T> {
    const sent = this.value(path);
    if (sent === undefined || isBlank(sent)) return { ok: false, field: path, problem: 'missing' };
    const result = wire(sent);
    return result === null ? { ok: false, field: path, problem: 'unreadable' } : { ok: true, value: result };
  }

  /** An amount that counts: null and a flag when it is zero, negative, out of range or absent. */
  money(path: string): Decimal | null {
    const sent = this.amount(path);
    if (sent !== null && isPositive(sent)) return sent;
    const isAlreadyFlagged = sent === null && !isBlank(this.value(path));
    if (!isAlreadyFlagged) this.flag('not_money', path);
    return null;
  }

  /** An amount that is only shown: zero is fine, absent is silent. */
  amount(path: string): Decimal | null {
    const sent = this.value(path);
    if (sent === undefined || isBlank(sent)) return null;
    const result = wireDecimal(sent);
    if (result === null)
      this.flag(typeof sent === 'string' && isNumeric(sent) ? 'not_money' : 'unreadable_field', path);
    return result;
  }

  flag(code: FlagCode, field?: string): void {
    if (this.found.size >= MOST_FLAGS) return;
    this.found.set(`${code} ${field}`, field === undefined ? { code } : { code, field });
  }

  flags(): readonly Flag[] {
    return [...this.found.values()];
  }
}

/** Own properties only, so that `constructor` in a path finds what was sent or nothing. A number is a list's position. */
function valueAt(fields: Fields, path: string): Value | undefined {
  let value: Value | undefined = fields;
  for (const name of namesOf(path)) {
    if (value === undefined) return undefined;
    value = childOf(value, name);
  }
  return value;
}

/** A postback asks for some fifty paths, always the same ones; those inside lists would never end. */
function namesOf(path: string): readonly string[] {
  const known = splitPaths.get(path);
  if (known) return known;
  const names = path.split('.');
  if (splitPaths.size < MOST_PATHS) splitPaths.set(path, names);
  return names;
}

function childOf(value: Value | undefined, name: string): Value | undefined {
  if (isList<Value>(value)) return value[Number(name)];
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The entries that have something to say. */
export function present<T>(entries: Readonly<Record<string, T | null>>): Record<string, T> {
  return gather(Object.entries(entries), (value) => value);
}

/** What `read` gives for each name and path, where it gives something. */
export function gather<From, T>(
  entries: readonly (readonly [string, From])[],
  read: (from: From) => T | null,
): Record<string, T> {
  const kept: Record<string, T> = {};
  for (const [name, from] of entries) {
    const value = read(from);
    if (value !== null) kept[name] = value;
  }
  return kept;
}
