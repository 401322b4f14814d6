import { and, eq, type SQL, sql } from 'drizzle-orm';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { invoices, projects } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { inProjects } from '@/lib/projects/scope';
import type { Asked } from '@/lib/query-string';
import { type Access, nameFor } from '@/lib/staff/access';
import { NEWEST } from './newest';
import { askedOf } from './people-quota';
import { type KindQuery, queriesByKind } from './query';
import { readingsOf } from './readings';
import type { Kind } from './terms';

/** Rows a group shows; what is asked for beyond that is a list, not a search. */
const A_GROUP = 5;
/** Of a beginning that many share, this many are looked at for the newest. */
const MOST_HITS = 2_000;
/** A person who looks for one thing sees the most telling kind first. */
const ORDER: readonly Kind[] = ['order', 'invoice', 'waybill', 'hash', 'phone', 'email', 'name', 'address', 'amount'];

/** Those that the search names, whatever the person sees of them. */
type Ids = readonly string[];

const hit = {
  id: invoices.id,
  orderId: shownOrder(invoices.orderId),
  providerInvoiceId: invoices.providerInvoiceId,
  customerName: invoices.customerName,
  status: invoices.status,
  statusRaw: invoices.statusRaw,
  cashOnDelivery: invoices.cashOnDelivery,
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
export async function search(access: Access, text: string, asked: Asked = askedOf(access)): Promise<readonly Group[]> {
  const queries = queriesByKind(text, asked);
  const readings = readingsOf(text).map((reading) => reading.text);
  const looks = await alsoWhole(access, await amongNewest(queries));
  const found = await Promise.all(
    looks.map(async (look) => ({ kind: look.kind, hits: await hitsOf(access, readings, look) })),
  );
  const seen = new Set<string>();
  return found.flatMap(({ kind, hits }) => {
    const fresh = hits.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    const shown = fresh.slice(0, A_GROUP).map((row) => ({ ...row, customerName: nameFor(access, row.customerName) }));
    return shown.length > 0 ? [{ kind, hits: shown, more: fresh.length > A_GROUP }] : [];
  });
}

/** What is looked for of one kind, and which invoices have it, whoever may see them. */
interface Look extends KindQuery {
  readonly kind: Kind;
  /** Those among the newest invoices, of which none is left out. */
  readonly newest: Ids;
  /** Those that have the whole. */
  readonly wholes: Ids;
}

async function amongNewest(queries: ReadonlyMap<Kind, KindQuery>): Promise<readonly Look[]> {
  const asked = ORDER.flatMap((kind) => {
    const query = queries.get(kind);
    return query === undefined ? [] : [{ kind, ...query }];
  });
  if (asked.length === 0) return [];
  const { orm } = await getDatabase();
  const values = asked.map(({ kind, query, whole }) => sql`(${kind}::text, ${query}::tsquery, ${whole}::tsquery)`);
  const id = sql`newest.id::text`;
  const rows = await orm
    .select({
      kind: sql<Kind>`asked.kind`,
      newest: sql<string>`string_agg(${id}, ',')`,
      wholes: sql<string | null>`string_agg(${id}, ',') filter (where newest.search @@ asked.whole)`,
    })
    .from(
      sql`${NEWEST} as newest join (values ${sql.join(values, sql`, `)}) as asked (kind, query, whole) on newest.search @@ asked.query`,
    )
    .groupBy(sql`asked.kind`);
  return asked.map((one) => {
    const row = rows.find(({ kind }) => kind === one.kind);
    return { ...one, newest: idsIn(row?.newest), wholes: idsIn(row?.wholes) };
  });
}

/**
 * Whoever types all of a number means that one, however old it is. Where more of the newest have it than are shown, it is
 * a word like `shop` in `shop-77`, and to gather all that have it takes long; but none of those need be theirs to see.
 */
async function alsoWhole(access: Access, looks: readonly Look[]): Promise<readonly Look[]> {
  const isOpen = ({ wholes }: Look): boolean => wholes.length <= A_GROUP || access.projects !== 'all';
  const asked = looks.filter((look) => look.whole !== null && isOpen(look));
  if (asked.length === 0) return looks;
  const { orm } = await getDatabase();
  const values = asked.map(({ kind, whole }) => sql`(${kind}::text, ${whole}::tsquery)`);
  const rows = await orm
    .select({ kind: sql<Kind>`asked.kind`, ids: sql<string>`string_agg(hit.id::text, ',')` })
    .from(
      sql`(values ${sql.join(values, sql`, `)}) as asked (kind, whole)
        cross join lateral (select id from ${invoices} where search @@ asked.whole limit ${sql.raw(String(MOST_HITS))}) as hit`,
    )
    .groupBy(sql`asked.kind`);
  const found = new Map(rows.map(({ kind, ids }) => [kind, idsIn(ids)]));
  // The newest stay: of very many the index gives any.
  return looks.map((look) => ({ ...look, wholes: [...new Set([...look.wholes, ...(found.get(look.kind) ?? [])])] }));
}

function idsIn(joined: string | null | undefined): Ids {
  return joined ? joined.split(',') : [];
}

/**
 * Those that have the whole, then those that begin so, each newest first. Where the whole is found, what begins so comes
 * from the newest invoices alone: a beginning may be that of a ninth of all orders, and they are all gathered for it.
 */
async function hitsOf(access: Access, readings: readonly string[], look: Look): Promise<readonly Hit[]> {
  const { kind, query, newest, wholes } = look;
  const orders = kind === 'order' ? readings : [];
  const exact = wholes.length > 0 ? await selectHits(access, isOneOf(wholes), orders) : [];
  if (exact.length > A_GROUP) return exact;
  const isEnough = newest.length > A_GROUP || (newest.length > 0 && exact.length > 0);
  const begun = isEnough ? await selectHits(access, isOneOf(newest)) : [];
  if (exact.length === 0) return begun.length > A_GROUP ? begun : selectHits(access, await foundBy(access, query));
  const ids = new Set(exact.map(({ id }) => id));
  return [...exact, ...begun.filter(({ id }) => !ids.has(id))].slice(0, A_GROUP + 1);
}

/** Newest first; `orders`: those of such a number before those of which it is a part. */
async function selectHits(access: Access, isFound: SQL, orders: readonly string[] = []) {
  const { orm } = await databaseFor(access);
  const itself =
    orders.length === 0
      ? sql.empty()
      : sql`(lower(order_id) = any (array(select json_array_elements_text(${JSON.stringify(orders)}::json)))) is true desc, `;
  const isTheirs = and(inProjects(access, invoices.projectId), isFound);
  // By themselves: else the planner may walk all invoices from the newest on, for as long as it takes to meet six of these.
  const first = sql`select id from (select id, order_id, created_at from ${invoices} where ${isTheirs} offset 0) as theirs
    order by ${itself}created_at desc, id desc limit ${sql.raw(String(A_GROUP + 1))}`;
  return orm
    .select(hit)
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(sql`${invoices.id} in (${first})`)
    .orderBy(sql`${itself}${invoices.createdAt} desc, ${invoices.id} desc`);
}

function isOneOf(ids: Ids): SQL {
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
