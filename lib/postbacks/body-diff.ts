import { isFields } from '@/lib/body';
import { isList } from '@/lib/json';
import { isMasked, isNestedJson, isPersonalKey, MASK, type Place, placeIn, TOP } from '@/lib/personal';
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
  /** It speaks of a person and is masked for those who see masks. */
  readonly hidden: boolean;
  /** Its path without keys that may name somebody. */
  readonly shownPath: string;
}

/** What is masked: nothing, or people, by the list of fields to which the provider's parser gives a meaning. */
export type HiddenPeople = 'none' | { readonly understood: readonly string[] };

/**
 * What the second body says otherwise than the first, field by field; the order of fields means nothing. The token is
 * another one at each attempt and says nothing, so it is left out. A person's value may be hidden, its change is told.
 */
export function diffBodies(before: Fields, after: Fields, hidden: HiddenPeople): BodyDiff {
  const understood = new Set(hidden === 'none' ? [] : hidden.understood);
  const hidePeople = hidden !== 'none';
  const [left, right] = [leavesOf(before, understood), leavesOf(after, understood)];
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
    return hidePeople && leaf.hidden ? MASK : withoutTokens(leaf.text);
  };
  const kind = before ? (after ? 'changed' : 'removed') : 'added';
  const leaf = after ?? before;
  return { path: hidePeople && leaf ? leaf.shownPath : path, kind, before: shown(before), after: shown(after) };
}

/** Every value that holds no others, by its path. */
function leavesOf(fields: Fields, understood: ReadonlySet<string>): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  collect({ leaves, understood }, fields, { path: '', shown: '' }, TOP);
  return leaves;
}

interface Collection {
  readonly leaves: Map<string, Leaf>;
  readonly understood: ReadonlySet<string>;
}

/** Where a value stands, and how that is written for who may not see people: a key may name somebody. */
interface Path {
  readonly path: string;
  readonly shown: string;
}

function below(above: Path, own: string, shown: string = own): Path {
  if (above.path === '') return { path: own, shown };
  return { path: `${above.path}.${own}`, shown: `${above.shown}.${shown}` };
}

function collect(into: Collection, fields: Fields, above: Path, place: Place): void {
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'token') continue;
    // A dot inside a name would look like a path.
    const own = name.includes('.') ? JSON.stringify(name) : name;
    const inner = placeIn(place, name, value, into.understood);
    collectValue(into, value, below(above, own, isPersonalKey(place, name) ? MASK : own), inner);
  }
}

function collectValue(into: Collection, value: Value, path: Path, place: Place): void {
  if (isList<Value>(value) && value.length > 0) {
    for (const [index, item] of value.entries()) collectValue(into, item, below(path, String(index)), place);
  } else if (isFields(value) && Object.keys(value).length > 0) {
    collect(into, value, path, place);
  } else {
    const hidden = isMasked(place, value) || (typeof value === 'string' && isNestedJson(value));
    into.leaves.set(path.path, { text: textOf(value), hidden, shownPath: path.shown });
  }
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (isList<Value>(value)) return '[]';
  return isFields(value) ? '{}' : String(value);
}
