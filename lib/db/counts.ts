import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { databaseFor } from './client';
import { type Branch, inOrder, whereOf } from './keyset';
import type { Scope } from './scope';

/** What a chip says: how many there are, or at least how many. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

/** A chip counts no further than this: to know more would cost more than it tells. */
export const COUNTED = 999;

/** Where no index leads to each word alone, so many of the first rows are looked at and told apart. */
export const LOOKED_AT = COUNTED + 1;

/** Words of which there is none are left out; those of which there may be some are not. */
export type Counts<Word extends string> = ReadonlyMap<Word, Count>;

/** Counts each word by itself, no further than a chip tells. */
export async function countEach<Word extends string>(
  scope: Scope,
  words: readonly Word[],
  branchesOf: (word: Word) => readonly Branch[],
): Promise<Counts<Word>> {
  const { orm } = await databaseFor(scope);
  const columns = words.map((word) => [word, sql<number>`${countOf(branchesOf(word))}`.mapWith(Number)] as const);
  const [found] = await orm.select(Object.fromEntries(columns)).from(sql`(select 1) as one`);
  return countsOf(words, (word) => told(found?.[word] ?? 0, false));
}

/** In order: without one the planner takes rows for evenly spread, and reads a table from its wrong end. */
function countOf(branches: readonly Branch[]): SQL {
  const most = COUNTED + 1;
  const read = branches.map(
    ({ from, where, at }) => sql`(select 1 from ${from} ${whereOf(where)} order by ${at} desc limit ${most})`,
  );
  return sql`(select count(*)::int from (${sql.join(read, sql` union all `)}) found)`;
}

/** Counts the words of the first rows; where there were more rows than that, each number is a least one. */
export async function countAmongFirst<Word extends string>(
  scope: Scope,
  words: readonly Word[],
  branches: readonly Branch[],
  word: PgColumn,
): Promise<Counts<Word>> {
  const { orm } = await databaseFor(scope);
  const read = branches.map(
    ({ from, where, at, id }) => sql`(select *, count(*) over () as read from (select ${id} as id, ${word} as word
      from ${from} ${whereOf(where)} order by ${inOrder(at, id, 'newest')} limit ${LOOKED_AT}) first)`,
  );
  const rows = await orm
    .select({
      word: sql<string>`found.word`,
      count: sql<number>`count(distinct found.id)`.mapWith(Number),
      read: sql<number>`max(found.read)`.mapWith(Number),
    })
    .from(sql`(${sql.join(read, sql` union all `)}) as found`)
    .groupBy(sql`found.word`);
  const more = rows.some((row) => row.read >= LOOKED_AT);
  const known = new Map(rows.map((row) => [row.word, row.count]));
  return countsOf(words, (one) => told(known.get(one) ?? 0, more));
}

function told(count: number, more: boolean): Count {
  return { count: Math.min(count, COUNTED), more: more || count > COUNTED };
}

function countsOf<Word extends string>(words: readonly Word[], countOfWord: (word: Word) => Count): Counts<Word> {
  const all = words.map((word) => [word, countOfWord(word)] as const);
  return new Map(all.filter(([, { count, more }]) => count > 0 || more));
}
