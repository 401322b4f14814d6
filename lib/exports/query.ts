import { and, type SQL, sql } from 'drizzle-orm';
import { type PgColumn, PgDialect } from 'drizzle-orm/pg-core';
import type { Parameter } from '@/lib/db/client';
import type { Position, Query, Scan } from '@/lib/db/scan';
import type { Sort } from './request';

const dialect = new PgDialect();

/** A statement of the builder as text and parameters, which every driver runs alike. */
export function toQuery(statement: SQL): Query {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  // Conditions are made of text and booleans alone.
  return { text, parameters: params as Parameter[] };
}

export interface Source {
  /** Everything between `select` and `where`. */
  readonly select: SQL;
  readonly where: SQL | undefined;
  readonly at: PgColumn;
  readonly id: PgColumn;
  readonly sort: Sort;
}

/** The rows of a source by their time, as the indexes are made. */
export function scanOf({ select, where, at, id, sort }: Source): Scan {
  const [way, sign] = sort === 'newest' ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  return (after: Position | null, limit: number | null): Query => {
    const further = after && sql`(${at}, ${id}) ${sign} (${after.at}::timestamptz, ${after.id}::uuid)`;
    return toQuery(sql`select ${utc(at)} as at, ${id}::text as id, ${select}
      where ${and(where, further ?? undefined) ?? sql`true`}
      order by ${at} ${way}, ${id} ${way} ${limit === null ? sql`` : sql`limit ${sql.raw(String(limit))}`}`);
  };
}

/** In UTC whatever the session's zone is, and still what PostgreSQL reads back. */
export function utc(column: PgColumn): SQL {
  return sql`(${column} at time zone 'UTC')::text || '+00'`;
}
