import pg from 'pg';
import type { Parameter } from './client';

type Read = (text: string) => unknown;

const BOOL = 16;
const INT2 = 21;
const INT4 = 23;
const JSON_TEXT = 114;
const JSONB = 3802;
const TEXT_ARRAY = 1009;
const VARCHAR_ARRAY = 1015;
const UUID_ARRAY = 2951;

// pg has the parser and leaves this type out of its list of names.
const readTextArray: Read = pg.types.getTypeParser(Number(TEXT_ARRAY));

const readers = new Map<number, Read>([
  [BOOL, (text) => text === 't'],
  [INT2, Number],
  [INT4, Number],
  [JSON_TEXT, (text) => JSON.parse(text)],
  [JSONB, (text) => JSON.parse(text)],
  [TEXT_ARRAY, readTextArray],
  [VARCHAR_ARRAY, readTextArray],
  [UUID_ARRAY, readTextArray],
]);

const asText: Read = (text) => text;

/** How `run` reads a value of this type: one table for all drivers, which disagree among themselves. */
export function readerOf(oid: number): Read {
  return readers.get(oid) ?? asText;
}

/** A parameter as PostgreSQL's text of it, so that no driver guesses from the JavaScript type. */
export function toText(parameter: Parameter): string | null {
  if (parameter === null || typeof parameter === 'string') return parameter;
  if (parameter instanceof Uint8Array) return `\\x${Buffer.from(parameter).toString('hex')}`;
  if (typeof parameter === 'object') return `{${parameter.map(quote).join(',')}}`;
  return String(parameter);
}

function quote(element: string): string {
  return `"${element.replace(/["\\]/g, '\\$&')}"`;
}
