import { isFields } from '@/lib/body';
import { withoutCards } from '@/lib/contacts';
import { fieldRules, type Leaf, leavesOf, MASK, visibilityOf } from '@/lib/field-rules';
import { isList } from '@/lib/json';
import type { Fields, Value } from '@/lib/providers/provider';
import { type Masking, withoutTokens } from './masked-body';

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

/**
 * What the second body says otherwise than the first, field by field; the order of fields means nothing. The token is
 * another one at each attempt and says nothing, so it is left out. A customer's value may be hidden, its change is told.
 */
export function diffBodies(before: Fields, after: Fields, masking: Masking): BodyDiff {
  const [left, right] = [byPath(before, masking), byPath(after, masking)];
  const paths = [...left.keys(), ...[...right.keys()].filter((path) => !left.has(path))];
  const differing = paths.filter((path) => textOf(left.get(path)) !== textOf(right.get(path)));
  const differences = differing
    .slice(0, MOST)
    .map((path) => differenceAt(left.get(path), right.get(path), masking !== 'token'));
  return { differences, more: differing.length - differences.length };
}

function differenceAt(before: Leaf | undefined, after: Leaf | undefined, hides: boolean): Difference {
  const leaf = after ?? before;
  const shown = (one: Leaf | undefined): string | null => {
    if (!one) return null;
    if (one.place.kind === 'token' || (hides && visibilityOf(one.place, one.value) === 'masked')) return MASK;
    return withoutCards(withoutTokens(textOf(one) ?? ''));
  };
  const kind = before ? (after ? 'changed' : 'removed') : 'added';
  const path = (hides ? leaf?.shownPath : leaf?.path) ?? '';
  return { path: withoutCards(withoutTokens(path)), kind, before: shown(before), after: shown(after) };
}

const NO_RULES = fieldRules({ understood: [], people: [], prose: [], harmless: [] });

/** Every value that holds no others, by its path. */
function byPath(fields: Fields, masking: Masking): ReadonlyMap<string, Leaf> {
  const { token: _, ...rest } = fields;
  const leaves = leavesOf(rest, masking === 'token' ? NO_RULES : masking);
  return new Map(leaves.map((leaf) => [leaf.path, leaf]));
}

/** Undefined where nothing stands. */
function textOf(leaf: Leaf | undefined): string | undefined {
  if (leaf === undefined) return undefined;
  const { value } = leaf;
  if (typeof value === 'string') return value;
  if (isList<Value>(value)) return '[]';
  return isFields(value) ? '{}' : String(value);
}
