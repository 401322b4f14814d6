import { isFields } from '@/lib/body';
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
import type { Fields, Value } from '@/lib/providers/provider';
import { clip, visible } from '@/lib/visible';

/** One line of untrusted text; `name` stands before the text, `path` in its place where the lines around are gone. */
export interface SentLine {
  readonly depth: number;
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** By which what is masked in it is revealed; null: nothing is. */
  readonly pointer: string | null;
}

/** More would only be there to make the page heavy. */
export const MOST_LINES = 1_000;
const LONGEST_VALUE = 1_000;
const LONGEST_NAME = 80;
const DEEPEST = 16;
const AML_CHECKS = 'invoice_info.aml_checks';

/** How much a member sees of fields without a meaning: with masks, or the harmless ones alone. */
export type Reach = 'masked' | 'left out';

interface Lines {
  readonly lines: readonly SentLine[];
  readonly amlChecks: readonly SentLine[];
}

/** Fields as they were sent, nested as they were sent, a line each. Checks of money laundering stand by themselves. */
export function sentLines(fields: Fields, rules: FieldRules, reach: Reach): Lines {
  const writer = new LineWriter(rules, reach);
  writer.addFields(fields, { place: TOP, depth: 0, path: '', pointer: '' }, 'lines');
  return { lines: writer.lines, amlChecks: writer.amlChecks };
}

/** Where a line stands: what is above it. */
interface Spot {
  readonly place: Place;
  readonly depth: number;
  readonly path: string;
  readonly pointer: string;
}

class LineWriter {
  readonly lines: SentLine[] = [];
  readonly amlChecks: SentLine[] = [];

  constructor(
    private readonly rules: FieldRules,
    private readonly reach: Reach,
  ) {}

  addFields(fields: Fields, above: Spot, to: keyof Lines): void {
    for (const [index, [name, value]] of Object.entries(fields).entries()) {
      const place = placeIn(this.rules, above.place, name);
      const isAml = place.path === AML_CHECKS;
      const shown = isShownKey(place, name) ? visible(clip(name, LONGEST_NAME)) : MASK;
      const path = above.path === '' || isAml ? shown : `${above.path}.${shown}`;
      const spot = { place, depth: isAml ? 0 : above.depth, path, pointer: pointerBelow(above, index) };
      if (isAml && isNothing(value)) continue;
      this.addValue(
        { name: shown, hidesName: shown !== name && shown === MASK },
        value,
        spot,
        isAml ? 'amlChecks' : to,
      );
    }
  }

  private addValue(
    { name, hidesName }: { readonly name: string; readonly hidesName: boolean },
    value: Value,
    spot: Spot,
    to: keyof Lines,
  ): void {
    const lines = this[to];
    if (lines.length >= MOST_LINES) return;
    const { depth, path, pointer } = spot;
    if (!hasInside(value)) {
      const visibility = visibilityOf(spot.place, value);
      if (this.reach === 'left out' && visibility !== 'plain') return;
      const masked = visibility === 'masked';
      const text = masked ? MASK : textOf(value);
      lines.push({ depth, name, path, text, pointer: masked || hidesName ? pointer : null });
      return;
    }
    const at = lines.length;
    lines.push({ depth, name, path, text: '', pointer: hidesName ? pointer : null });
    if (depth + 1 >= DEEPEST) {
      if (this.reach === 'masked') lines.push({ depth: depth + 1, name: '', path, text: '…', pointer: null });
    } else if (isList<Value>(value)) this.addEntries(value, spot, to);
    else this.addFields(value as Fields, { ...spot, depth: depth + 1 }, to);
    // Nothing in it is for this member.
    if (this.reach === 'left out' && lines.length === at + 1) lines.pop();
  }

  private addEntries(list: readonly Value[], above: Spot, to: keyof Lines): void {
    const place = placeOfEntries(above.place, list);
    for (const [index, item] of list.entries()) {
      const name = String(index);
      const spot = {
        place,
        depth: above.depth + 1,
        path: `${above.path}.${name}`,
        pointer: pointerBelow(above, index),
      };
      this.addValue({ name, hidesName: false }, item, spot, to);
    }
  }
}

/** By position, so that a pointer tells nothing of a key that is masked. */
function pointerBelow({ pointer }: Pick<Spot, 'pointer'>, index: number): string {
  return pointer === '' ? String(index) : `${pointer}.${index}`;
}

function isNothing(value: Value): boolean {
  return value === null || value === '' || (isList<Value>(value) && value.length === 0);
}

function hasInside(value: Value): boolean {
  return isList<Value>(value) ? value.length > 0 : isFields(value) && Object.keys(value).length > 0;
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value === '' ? '“”' : visible(clip(value, LONGEST_VALUE));
  if (isList<Value>(value)) return '[]';
  return isFields(value) ? '{}' : String(value);
}

interface Found {
  /** With the key where that is masked. */
  readonly text: string;
  readonly shownPath: string;
}

/** What a line says without its mask; null: nothing is masked there. */
export function sentTextAt(fields: Fields, rules: FieldRules, pointer: string): Found | null {
  if (!/^\d{1,6}(?:\.\d{1,6}){0,40}$/.test(pointer)) return null;
  let value: Value = fields;
  let place: Place = TOP;
  let name = '';
  let hidesName = false;
  const path: string[] = [];
  for (const step of pointer.split('.').map(Number)) {
    if (isList<Value>(value)) {
      place = placeOfEntries(place, value);
      if (step >= value.length) return null;
      [name, hidesName, value] = [String(step), false, value[step] ?? null];
    } else if (isFields(value)) {
      const entry: [string, Value] | undefined = Object.entries(value)[step];
      if (!entry) return null;
      place = placeIn(rules, place, entry[0]);
      [name, value] = entry;
      hidesName = !isShownKey(place, name);
    } else return null;
    path.push(hidesName ? MASK : clip(name, LONGEST_NAME));
  }
  const masked = !hasInside(value) && visibilityOf(place, value) === 'masked';
  if (!masked && !hidesName) return null;
  const texts = [...(hidesName ? [visible(clip(name, LONGEST_VALUE))] : []), ...(masked ? [textOf(value)] : [])];
  return { text: texts.join(': '), shownPath: path.join('.') };
}
