import { withoutCards, withoutContactsInId } from '@/lib/contacts';
import type { CellType } from '@/lib/csv';

/** One column of a file: what it is called and where its cells come from. A file is an ordered list of them. */
export interface Column<Row> {
  readonly name: string;
  readonly type: CellType;
  /** Null: not known, an empty cell. */
  readonly get: (row: Row) => string | null;
  /** For an amount that may be summed: what it is an amount of. */
  readonly unit?: (row: Row) => string | null;
  /** About a person: empty unless people are asked for by who may have them. */
  readonly people?: true;
}

export type Line = readonly (string | null)[];

export function text<Row>(name: string, get: Column<Row>['get']): Column<Row> {
  return { name, type: 'text', get: (row) => withoutIn(withoutCards, get(row)) };
}

/** An order's number as the shop wrote it, without a phone or an e-mail address in it. */
export function orderText<Row>(name: string, get: Column<Row>['get']): Column<Row> {
  return text(name, (row) => withoutIn(withoutContactsInId, get(row)));
}

function withoutIn(without: (text: string) => string, cell: string | null): string | null {
  return cell === null ? null : without(cell);
}

/** A date and time, in UTC or by the wall clock: a real date where the format has such. */
export function time<Row>(name: string, get: Column<Row>['get']): Column<Row> {
  return { name, type: 'time', get };
}

/** A number that is no amount: a count, a rate. */
export function figure<Row>(name: string, get: Column<Row>['get']): Column<Row> {
  return { name, type: 'decimal', get };
}

export function amount<Row>(
  name: string,
  get: Column<Row>['get'],
  unit: NonNullable<Column<Row>['unit']>,
): Column<Row> {
  return { name, type: 'decimal', get, unit };
}
