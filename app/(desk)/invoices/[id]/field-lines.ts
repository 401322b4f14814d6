import { isFields } from '@/lib/body';
import { isList } from '@/lib/json';
import type { Fields, Value } from '@/lib/providers/provider';
import { clip, visible } from '@/lib/visible';

/** One line of foreign text; `name` stands before the text, `path` in its place where the lines around are gone. */
export interface Line {
  readonly depth: number;
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** More would only be there to make the page heavy. */
export const MOST_LINES = 1_000;
const LONGEST_VALUE = 1_000;
const LONGEST_NAME = 80;
const DEEPEST = 16;

/** Fields as they were sent, nested as they were sent, a line each. */
export function fieldLines(fields: Fields): readonly Line[] {
  const lines: Line[] = [];
  addFields(lines, fields, 0, '');
  return lines;
}

function addFields(lines: Line[], fields: Fields, depth: number, above: string): void {
  for (const [name, value] of Object.entries(fields)) {
    if (lines.length >= MOST_LINES) return;
    const shown = visible(clip(name, LONGEST_NAME));
    addValue(lines, value, { depth, name: shown, path: above === '' ? shown : `${above}.${shown}` });
  }
}

function addValue(lines: Line[], value: Value, place: Omit<Line, 'text'>): void {
  const inside = insideOf(value);
  const [depth, path] = [place.depth + 1, place.path];
  lines.push({ ...place, text: inside ? '' : textOf(value) });
  if (inside && depth >= DEEPEST) lines.push({ depth, name: '', path, text: '…' });
  else if (inside) addFields(lines, inside, depth, path);
}

/** A list is fields by their positions. */
function insideOf(value: Value): Fields | null {
  if (isList<Value>(value)) return value.length > 0 ? Object.fromEntries(value.entries()) : null;
  return isFields(value) && Object.keys(value).length > 0 ? value : null;
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value === '' ? '“”' : visible(clip(value, LONGEST_VALUE));
  if (isList<Value>(value)) return '[]';
  return isFields(value) ? '{}' : String(value);
}

/** A text line by line, its indentation as depth. */
export function textLines(text: string): readonly Line[] {
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .map((line) => {
      const bare = line.trimStart();
      return { depth: Math.floor((line.length - bare.length) / 2), name: '', path: '', text: visible(bare) };
    });
}
