import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { invoices, projects } from '@/lib/db/schema';
import { maskName } from '@/lib/people';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
import { NEWEST } from './newest';
import { queriesByKind } from './query';
import type { Kind } from './terms';

/** Rows a group shows; what is asked for beyond that is a list, not a search. */
const A_GROUP = 5;
/** Of a beginning that many share, this many are looked at for the newest. */
const MOST_HITS = 2_000;
/** A person who looks for one thing sees the most telling kind first. */
const ORDER: readonly Kind[] = ['order', 'invoice', 'waybill', 'hash', 'phone', 'email', 'name', 'address', 'amount'];

const hit = {
  id: invoices.id,
  orderId: invoices.orderId,
  providerInvoiceId: invoices.providerInvoiceId,
  customerName: invoices.customerName,
  status: invoices.status,
  statusRaw: invoices.statusRaw,
  amount: invoices.amount,
  currency: invoices.currency,
  isTest: invoices.isTest,
  createdAt: invoices.createdAt,
  project: projects.name,
};

export interface Group {
  readonly kind: Kind;
  /** Newest first. */
  readonly hits: readonly Hit[];
  /** There are more than are shown. */
  readonly more: boolean;
}

export type Hit = Awaited<ReturnType<typeof selectHits>>[number];

/** Everything that the text may mean, grouped by what it is; an invoice stands in the first group that finds it. */
export async function search(access: Access, text: string): Promise<readonly Group[]> {
  const queries = queriesByKind(text, { people: may(access, 'seePeople') });
  const newest = await amongNewest(queries);
  const found = await Promise.all(
    ORDER.map(async (kind) => ({ kind, hits: await hitsOf(access, queries.get(kind), newest.get(kind)) })),
  );
  const seen = new Set<string>();
  return found.flatMap(({ kind, hits }) => {
    const fresh = hits.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    const shown = fresh.slice(0, A_GROUP).map((row) => ({ ...row, customerName: nameFor(access, row.customerName) }));
    return shown.length > 0 ? [{ kind, hits: shown, more: fresh.length > A_GROUP }] : [];
  });
}

/** The kinds which find more than a group shows among the newest invoices alone, with the ids that they find there. */
async function amongNewest(queries: ReadonlyMap<Kind, string>): Promise<ReadonlyMap<Kind, readonly string[]>> {
  if (queries.size === 0) return new Map();
  const { orm } = await getDatabase();
  const asked = sql.join(
    [...queries].map(([kind, query]) => sql`(${kind}::text, ${query}::tsquery)`),
    sql`, `,
  );
  const rows = await orm
    .select({ kind: sql<Kind>`asked.kind`, ids: sql<string>`string_agg(newest.id::text, ',')` })
    .from(sql`${NEWEST} as newest join (values ${asked}) as asked (kind, query) on newest.search @@ asked.query`)
    .groupBy(sql`asked.kind`)
    .having(sql`count(*) > ${A_GROUP}`);
  return new Map(rows.map(({ kind, ids }) => [kind, ids.split(',')]));
}

/** The newest that the query finds; `newest`: some that it does, none of which is older than one that is not named. */
async function hitsOf(
  access: Access,
  query: string | undefined,
  newest: readonly string[] | undefined,
): Promise<readonly Hit[]> {
  if (query === undefined) return [];
  // To gather every invoice of a word that all of them have takes long; not all of these need be theirs to see.
  const hits = newest ? await selectHits(access, isOneOf(newest)) : [];
  return hits.length > A_GROUP ? hits : selectHits(access, await foundBy(access, query));
}

async function selectHits(access: Access, isFound: SQL) {
  const { orm } = await databaseFor(access);
  return orm
    .select(hit)
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(and(inProjects(access, invoices.projectId), isFound))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(A_GROUP + 1);
}

function isOneOf(ids: readonly string[]): SQL {
  return sql`${invoices.id} = any (string_to_array(${ids.join()}, ',')::uuid[])`;
}

/** Row security could not use the index of words, so for whom it holds the ids alone are looked up without it. */
async function foundBy(access: Access, query: string): Promise<SQL> {
  const found = sql`select found.id from ${invoices} as found
    where found.search @@ ${query}::tsquery limit ${sql.raw(String(MOST_HITS))}`;
  if (access.projects === 'all') return sql`${invoices.id} in (${found})`;
  const { orm } = await getDatabase();
  const ids = await orm.select({ id: sql<string>`hit.id` }).from(sql`(${found}) as hit`);
  return isOneOf(ids.map(({ id }) => id));
}

function nameFor(access: Access, name: string | null): string | null {
  if (name === null || !may(access, 'seePeople')) return null;
  return may(access, 'seePeopleUnmasked') ? name : maskName(name);
}
