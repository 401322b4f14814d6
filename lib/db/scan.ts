import type { Parameter } from './client';

/** Where a batch ended: what the rows are ordered by, as PostgreSQL reads it back. */
export interface Position {
  readonly at: string;
  readonly id: string;
  /** What they are ordered by where that is not their time. */
  readonly key?: string;
}

export interface Query {
  readonly text: string;
  readonly parameters: readonly Parameter[];
}

/** A statement in a fixed order: what follows a position, at most so many rows; null: from the start, to the end. */
export type Scan = (after: Position | null, limit: number | null) => Query;

export type Batches<Row> = AsyncGenerator<readonly Row[], void, undefined>;

/** Large enough that a round trip costs little, small enough that other work of this process waits a millisecond or two. */
export const BATCH = 200;

type Run = <Row>(query: Query) => Promise<readonly Row[]>;

/** A batch a statement, for drivers without a session. The next one is read while this one is worked on. */
export async function* byPosition<Row extends Position>(run: Run, scan: Scan, size = BATCH): Batches<Row> {
  let reading = run<Row>(scan(null, size));
  for (;;) {
    const rows = await reading;
    const last = rows.at(-1);
    if (!last) return;
    const more = rows.length === size;
    if (more) {
      reading = run<Row>(scan(last, size));
      // Whoever stops in between never asks how it went.
      reading.catch(() => {});
    }
    yield rows;
    if (!more) return;
  }
}
