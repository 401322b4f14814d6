import { and, lte, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TimelineCursor } from './timeline-cursor';

/** What a reader of one source is asked: at most so many entries below the cursor, newest first. */
export interface TimelineRequest {
  readonly invoiceId: string;
  readonly before: TimelineCursor | null;
  readonly limit: number;
}

/** Rows below the last of the page before; the first condition is what an index can use. */
export function beforeCursor(
  at: PgColumn,
  position: SQL,
  id: PgColumn,
  before: TimelineCursor | null,
): SQL | undefined {
  if (!before) return undefined;
  const cursor = sql`(${before.at}::timestamptz, ${before.position}::int, ${before.id}::uuid)`;
  return and(lte(at, before.at), sql`(${at}, ${position}, ${id}) < ${cursor}`);
}
