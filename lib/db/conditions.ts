import { and, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Cursor } from '@/lib/cursor';
import type { ListFilter } from '@/lib/query-string';
import { startOfDay } from '@/lib/zone';

/** A pattern in which `%`, `_` and `\` mean themselves. */
export function contains(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** Rows whose moment lies in the dates of the filter, in its zone: from included, to not. */
export function inPeriod(column: PgColumn | SQL, { from, to, tz }: ListFilter): SQL | undefined {
  return and(
    from ? sql`${column} >= ${startOfDay(from, tz).toISOString()}::timestamptz` : undefined,
    to ? sql`${column} < ${startOfDay(to, tz).toISOString()}::timestamptz` : undefined,
  );
}

/** Rows below the last of the page before, newest first; the id settles rows of one moment. */
export function below(at: PgColumn, id: PgColumn, after: Cursor | null): SQL | undefined {
  return after ? sql`(${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : undefined;
}
