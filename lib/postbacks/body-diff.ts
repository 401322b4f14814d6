import { isFields } from '@/lib/body';
import { isList } from '@/lib/json';
import { isNestedJson, isPersonal, MASK } from '@/lib/personal';
import type { Fields, Value } from '@/lib/providers/provider';
import { withoutTokens } from './shown-body';

/** One field in which two bodies differ, by its path (`payments.0.amount`). */
export interface Difference {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** What stood there, as text; null: nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface BodyDiff {
  readonly differences: readonly Difference[];
  /** How many more there are. */
  readonly more: number;
}

/** More would not be read, only scrolled. */
const MOST = 300;

interface Leaf {
  readonly text: string;
  /** True: it speaks of a person. */
  readonly personal: boolean;
}

/**
 * What the second body says otherwise than the first, field by field; the order of fields means nothing. The token is
 * another one at each attempt and says nothing, so it is left out. A person's value may be hidden, its change is told.
 */
export function diffBodies(before: Fields, after: Fields, hidePeople: boolean): BodyDiff {
  const [left, right] = [leavesOf(before), leavesOf(after)];
  const paths = [...left.keys(), ...[...right.keys()].filter((path) => !left.has(path))];
  const differing = paths.filter((path) => left.get(path)?.text !== right.get(path)?.text);
  const differences = differing
    .slice(0, MOST)
    .map((path) => differenceAt(path, left.get(path), right.get(path), hidePeople));
  return { differences, more: differing.length - differences.length };
}

function differenceAt(
  path: string,
  before: Leaf | undefined,
  after: Leaf | undefined,
  hidePeople: boolean,
): Difference {
  const shown = (leaf: Leaf | undefined): string | null => {
    if (!leaf) return null;
    return hidePeople && leaf.personal ? MASK : withoutTokens(leaf.text);
  };
  const kind = before ? (after ? 'changed' : 'removed') : 'added';
  return { path, kind, before: shown(before), after: shown(after) };
}

/** Every value that holds no others, by its path. */
function leavesOf(fields: Fields): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  collect(leaves, fields, '', false);
  return leaves;
}

function collect(leaves: Map<string, Leaf>, fields: Fields, above: string, personal: boolean): void {
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'token') continue;
    // A dot inside a name would look like a path.
    const own = name.includes('.') ? JSON.stringify(name) : name;
    collectValue(leaves, value, above === '' ? own : `${above}.${own}`, personal || isPersonal(name, value));
  }
}

function collectValue(leaves: Map<string, Leaf>, value: Value, path: string, personal: boolean): void {
  if (isList<Value>(value) && value.length > 0) {
    for (const [index, item] of value.entries()) collectValue(leaves, item, `${path}.${index}`, personal);
  } else if (isFields(value) && Object.keys(value).length > 0) {
    collect(leaves, value, path, personal);
  } else {
    leaves.set(path, { text: textOf(value), personal: personal || (typeof value === 'string' && isNestedJson(value)) });
  }
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (isList<Value>(value)) return '[]';
  return isFields(value) ? '{}' : String(value);
}
