import { parseInstant } from './time';

/** The last row of a page: the next one begins below it. The id settles rows of one moment or one amount. */
export interface Cursor {
  /** What the list is sorted by: an instant, or an amount. */
  readonly at: string;
  readonly id: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Opaque text for a URL. */
export function writeCursor({ at, id }: Cursor): string {
  return btoa(`${at} ${id}`).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function isInstant(text: string): boolean {
  return parseInstant(text) === text;
}

/** Null for anything that is not one of ours. */
export function readCursor(text: string, isKey: (at: string) => boolean = isInstant): Cursor | null {
  if (!/^[\w-]{1,200}$/.test(text)) return null;
  let plain: string;
  try {
    plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return null;
  }
  const [at = '', id = '', ...rest] = plain.split(' ');
  if (rest.length > 0 || !isKey(at) || !isUuid(id)) return null;
  return { at, id };
}

/** Rows on one page of a list. */
export const PAGE = 50;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; null on the last. */
  readonly next: Cursor | null;
}

/** A page of rows that were read one further than it is long. */
export function pageOf<Row>(found: readonly Row[], cursorOf: (row: Row) => Cursor): Page<Row> {
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return { rows, next: found.length > PAGE && last ? cursorOf(last) : null };
}
