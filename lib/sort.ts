import { type Cursor, readCursor } from './cursor';
import type { Reader } from './query-string';

/** In which order a list is read. By amount it is the number that counts, whatever the currency. */
export const SORTS = ['newest', 'oldest', 'largest', 'smallest'] as const;
export type Sort = (typeof SORTS)[number];

/** The sorts of a list that has no amounts. */
export const TIME_SORTS = ['newest', 'oldest'] as const satisfies readonly Sort[];

export function isByAmount(sort: Sort): boolean {
  return sort === 'largest' || sort === 'smallest';
}

export function isAscending(sort: Sort): boolean {
  return sort === 'oldest' || sort === 'smallest';
}

export function readSort(reader: Reader, among: readonly Sort[] = SORTS): Sort {
  return reader.one('sort', (text) => among.find((sort) => sort === text) ?? null) ?? 'newest';
}

const AMOUNT = /^-?\d{1,40}(?:\.\d{1,40})?$/;

/** A page of one sort is no page of another: an instant is no amount. */
export function cursorReader(sort: Sort): (text: string) => Cursor | null {
  return (text) => (isByAmount(sort) ? readCursor(text, (at) => AMOUNT.test(at)) : readCursor(text));
}
