import { fromPostgres } from '@/lib/time';

/** What a person may have to do, the most urgent first. */
export const QUEUE_KINDS = ['refused', 'silence', 'hold', 'waybill', 'partial', 'overpaid', 'check'] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];

/** Counted and listed no further: nobody does a hundred things before looking again. */
export const MOST_WAITING = 99;

/** Rows of one kind that wait for a person. */
export interface Waiting<Row> {
  readonly rows: readonly Row[];
  /** All there are; one more than `MOST_WAITING` stands for any greater number. */
  readonly count: number;
  /** When the first of them began to wait; null where there are none, or too many to tell. */
  readonly since: string | null;
}

/** What every statement of the queue says of the whole beside each row. */
export interface Counted {
  readonly total: number;
  readonly first: string;
}

export function toWaiting<Found extends Counted, Row>(
  found: readonly Found[],
  toRow: (row: Found) => Row,
): Waiting<Row> {
  const count = found[0]?.total ?? 0;
  const since = found[0] && count <= MOST_WAITING ? fromPostgres(found[0].first) : null;
  return { rows: found.map(toRow), count, since };
}

export function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString();
}
