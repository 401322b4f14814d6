import { and, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Cursor } from '@/lib/cursor';
import { isAscending, isByAmount, type Sort } from '@/lib/sort';

type Expression = SQL | PgColumn;

/** Some of a list's rows with what sorts them; each can follow an index of its own. */
export interface Branch {
  readonly from: SQL;
  readonly where: SQL | undefined;
  /** Never null, as is the id. */
  readonly at: Expression;
  readonly id: Expression;
}

/** A list read in branches that are merged in its order. */
export interface Listing {
  readonly lead: readonly Branch[];
  /** Read only as far as a full page of `lead` leaves room: where these are few, nobody looks for them through years. */
  readonly rest: readonly Branch[];
}

export interface Reading {
  readonly sort: Sort;
  readonly after: Cursor | null;
  readonly limit: number;
}

/** As the indexes are made; read backwards they are `asc`. */
export function inOrder(at: Expression, id: Expression, sort: Sort): SQL {
  const way = isAscending(sort) ? sql`asc` : sql`desc`;
  return sql`${at} ${way}, ${id} ${way}`;
}

/** Rows after the last of the page before. The first half says nothing new: it is what an index of `at` alone can use. */
export function beyond(at: Expression, id: Expression, sort: Sort, after: Cursor | null): SQL | undefined {
  if (!after) return undefined;
  const key = isByAmount(sort) ? sql`${after.at}::numeric` : sql`${after.at}::timestamptz`;
  const row = sql`(${key}, ${after.id}::uuid)`;
  return isAscending(sort)
    ? sql`${at} >= ${key} and (${at}, ${id}) > ${row}`
    : sql`${at} <= ${key} and (${at}, ${id}) < ${row}`;
}

/** The ids of one page with what sorts them, as a subquery of the columns `id` and `at`. */
export function pageOf({ lead, rest }: Listing, reading: Reading): SQL {
  const first = merged(
    lead.map((branch) => pageOfBranch(branch, reading)),
    reading,
  );
  if (rest.length === 0) return first;
  const room = isAscending(reading.sort)
    ? sql`<= coalesce((select max(at) from led having count(*) >= ${reading.limit}), 'infinity')`
    : sql`>= coalesce((select min(at) from led having count(*) >= ${reading.limit}), '-infinity')`;
  const others = rest.map((branch) => {
    return pageOfBranch({ ...branch, where: and(branch.where, sql`${branch.at} ${room}`) }, reading);
  });
  return sql`(with led as materialized ${first} select id, at from ${merged([sql`(select id, at from led)`, ...others], reading)} page)`;
}

function pageOfBranch({ from, where, at, id }: Branch, { sort, after, limit }: Reading): SQL {
  return sql`(select ${id} as id, ${at} as at from ${from}
    ${whereOf(and(where, beyond(at, id, sort, after)))} order by ${inOrder(at, id, sort)} limit ${limit})`;
}

function merged(parts: readonly SQL[], { sort, limit }: Reading): SQL {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const way = isAscending(sort) ? sql`asc` : sql`desc`;
  return sql`(${sql.join([...parts], sql` union all `)} order by at ${way}, id ${way} limit ${limit})`;
}

export function whereOf(condition: SQL | undefined): SQL {
  return condition ? sql`where ${condition}` : sql``;
}
