import { isFields } from '@/lib/body';
import { isList } from '@/lib/json';
import { snakeCase } from '@/lib/text';
import type { Fields, Value } from './provider';

/**
 * What a body says beyond what its provider's `understood` list covers, for showing it as it was sent.
 * A path covers everything below it; positions in lists are left out (`payments.amount`).
 */
export function unmappedFields(fields: Fields, understood: readonly string[]): Fields {
  return rest(fields, new Set(understood), '');
}

function rest(fields: Fields, understood: ReadonlySet<string>, above: string): Fields {
  const kept: [string, Value][] = [];
  for (const [name, value] of Object.entries(fields)) {
    const path = above ? `${above}.${name}` : name;
    if (understood.has(path) || understood.has(snakeCase(path))) continue;
    const left = restOf(value, understood, path);
    if (left !== undefined) kept.push([name, left]);
  }
  return Object.fromEntries(kept);
}

/** Undefined where everything inside was understood; what was sent empty stays. */
function restOf(value: Value, understood: ReadonlySet<string>, path: string): Value | undefined {
  if (isList<Value>(value)) {
    const left = value.map((item) => restOf(item, understood, path)).filter((item) => item !== undefined);
    return left.length > 0 || value.length === 0 ? left : undefined;
  }
  if (!isFields(value)) return value;
  const left = rest(value, understood, path);
  return Object.keys(left).length > 0 || Object.keys(value).length === 0 ? left : undefined;
}

/**
 * The path of a field outside of `understood` that the second body has and the first has not, or has with another value;
 * null: there is none.
 */
export function addedUnmapped(first: Fields, second: Fields, understood: readonly string[]): string | null {
  const leavesOf = (fields: Fields): readonly Leaf[] =>
    Object.entries(unmappedFields(fields, [...understood, 'token'])).flatMap(([name, value]) => leaves(value, name));
  const known = new Set(leavesOf(first).map((leaf) => JSON.stringify(leaf)));
  return leavesOf(second).find((leaf) => !known.has(JSON.stringify(leaf)))?.[0] ?? null;
}

type Leaf = readonly [path: string, value: string];

/** Each value with its path; an empty list or object is a value too. */
function leaves(value: Value, path: string): readonly Leaf[] {
  const inner = isList<Value>(value)
    ? value.map((item) => [path, item] as const)
    : isFields(value)
      ? Object.entries(value).map(([name, item]) => [`${path}.${name}`, item] as const)
      : [];
  return inner.length > 0 ? inner.flatMap(([at, item]) => leaves(item, at)) : [[path, JSON.stringify(value)]];
}
