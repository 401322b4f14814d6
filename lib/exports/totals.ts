import type { Access } from '@/lib/staff/access';
import type { ExportRequest } from './request';
import { tableOf } from './table';
import { type ControlTotal, Tally } from './tally';

export interface Totals {
  readonly rows: number;
  readonly totals: readonly ControlTotal[];
}

/** The sums of the very cells that the file will have; people are no part of any. */
export async function addUp(access: Access, request: ExportRequest): Promise<Totals> {
  const tally = new Tally();
  const lines = tableOf(access, { ...request, people: false }).lines(tally);
  while (!(await lines.next()).done);
  return { rows: tally.rows, totals: tally.totals() };
}
