import { type SQL, sql } from 'drizzle-orm';
import { getDatabase } from '@/lib/db/client';
import { invoices } from '@/lib/db/schema';
import type { Hits, Permission } from '@/lib/query-string';
import type { Access } from '@/lib/staff/access';
import { NEWEST } from './newest';
import { askedOf, askForPeople } from './people-quota';
import { queryForList } from './query';

/** What a list looks for. */
export interface Wanted {
  readonly q: string;
  /** From `withHits`. Without it the answer is the same, and takes longer. */
  readonly hits?: Hits;
  /** From `withPermission` or `withHits`. Without it nobody who has a quota looks through customer data. */
  readonly permission?: Permission;
}

type InvoiceId = SQL.Aliased | SQL | { getSQL(): SQL };

/** That `invoiceId` is one of the invoices which the text finds; nothing for no text. */
export function isFoundBy(access: Access, { q, hits, permission }: Wanted, invoiceId: InvoiceId): SQL | undefined {
  if (q.trim() === '') return undefined;
  const query = queryForList(q, askedOf(access, permission));
  if (query === null) return sql`false`;
  // As a function, not an operator, so that no index is tempted: the list is walked in its order, and is soon full.
  if (hits === 'many')
    return sql`(select ts_match_vq(hit.search, ${query}::tsquery) from ${invoices} as hit where hit.id = ${invoiceId})`;
  if (hits) return sql`${invoiceId} = any (string_to_array(${hits.join()}, ',')::uuid[])`;
  // The hits by themselves: else the planner may walk all rows in the order of the list to filter them.
  return sql`${invoiceId} in (select hit.id from ${invoices} as hit where hit.search @@ ${query}::tsquery offset 0)`;
}

/** Asks once whether the filter's text may be looked for among customers, for all that is asked with it. */
export async function withPermission<Filter extends Wanted>(access: Access, filter: Filter): Promise<Filter> {
  if (filter.q.trim() === '') return filter;
  return { ...filter, permission: await askForPeople(access, filter.q, { repeats: 'are free' }) };
}

/** Where so many of the newest match, walking finds a page sooner than gathering all hits. */
const MANY = 50;
/** So many are named; a list, its counts and its sums then need not search again. */
const NAMED = 1_000;

/** Looks the filter's text up once for all that is asked with it. */
export async function withHits<Filter extends Wanted>(access: Access, asked: Filter): Promise<Filter> {
  const filter = await withPermission(access, asked);
  const query = filter.q.trim() === '' ? null : queryForList(filter.q, askedOf(access, filter.permission));
  if (query === null) return filter;
  if (await findsMany(query)) return { ...filter, hits: 'many' };
  // Ids alone, which say nothing until a list finds them among its own: row security could not use the index of words.
  const { orm } = await getDatabase();
  // Planned apart from the limit, for which the planner would rather read the table from its start.
  const found = sql`(with found as materialized (select id from ${invoices} where search @@ ${query}::tsquery)
    select id from found limit ${NAMED + 1})`;
  const rows = await orm.select({ id: sql<string>`hit.id::text` }).from(sql`${found} as hit`);
  return rows.length > NAMED ? filter : { ...filter, hits: rows.map(({ id }) => id) };
}

async function findsMany(query: string): Promise<boolean> {
  const { orm } = await getDatabase();
  const [row] = await orm
    .select({ many: sql<boolean>`count(*) >= ${MANY}` })
    .from(sql`${NEWEST} as newest`)
    .where(sql`newest.search @@ ${query}::tsquery`);
  return row?.many ?? false;
}
