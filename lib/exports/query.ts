import { and, type SQL, sql } from 'drizzle-orm';
import { type PgColumn, PgDialect } from 'drizzle-orm/pg-core';
import type { Parameter } from '@/lib/db/client';
import type { Position, Query, Scan } from '@/lib/db/scan';
import { isAscending, isByAmount, type Sort } from '@/lib/sort';

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
  /** What it is sorted by where amounts count; never null. */
  readonly amount?: PgColumn | SQL;
  readonly sort: Sort;
}

/** The rows of a source in their order, as the indexes are made. */
export function scanOf({ select, where, at, id, amount, sort }: Source): Scan {
  const [way, sign] = isAscending(sort) ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  const isOfAmounts = amount !== undefined && isByAmount(sort);
  const key = isOfAmounts ? amount : at;
  const type = isOfAmounts ? sql`numeric` : sql`timestamptz`;
  return (after: Position | null, limit: number | null): Query => {
    const further = after && sql`(${key}, ${id}) ${sign} (${after.key ?? after.at}::${type}, ${after.id}::uuid)`;
    return toQuery(sql`select ${utc(at)} as at, ${id}::text as id,
        ${isOfAmounts ? sql`${amount}::text as key,` : sql``} ${select}
      where ${and(where, further ?? undefined) ?? sql`true`}
      order by ${key} ${way}, ${id} ${way} ${limit === null ? sql`` : sql`limit ${sql.raw(String(limit))}`}`);
  };
}

/** In UTC whatever the session's zone is, and still what PostgreSQL reads back. */
export function utc(column: PgColumn): SQL {
  return sql`(${column} at time zone 'UTC')::text || '+00'`;
}
