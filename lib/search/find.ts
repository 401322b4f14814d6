import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { invoices, projects } from '@/lib/db/schema';
import { maskName } from '@/lib/people';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
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
  const asked = ORDER.flatMap((kind) => ({ kind, query: queries.get(kind) ?? null }));
  const found = await Promise.all(
    asked.map(async ({ kind, query }) => ({ kind, hits: query === null ? [] : await selectHits(access, query) })),
  );
  const seen = new Set<string>();
  return found.flatMap(({ kind, hits }) => {
    const fresh = hits.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    const shown = fresh.slice(0, A_GROUP).map((row) => ({ ...row, customerName: nameFor(access, row.customerName) }));
    return shown.length > 0 ? [{ kind, hits: shown, more: fresh.length > A_GROUP }] : [];
  });
}

async function selectHits(access: Access, query: string) {
  const isFound = await foundBy(access, query);
  const { orm } = await databaseFor(access);
  return orm
    .select(hit)
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(and(inProjects(access, invoices.projectId), isFound))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(A_GROUP + 1);
}

/** Row security could not use the index of words, so for whom it holds the ids alone are looked up without it. */
async function foundBy(access: Access, query: string): Promise<SQL> {
  const found = sql`select found.id from ${invoices} as found
    where found.search @@ ${query}::tsquery limit ${sql.raw(String(MOST_HITS))}`;
  if (access.projects === 'all') return sql`${invoices.id} in (${found})`;
  const { orm } = await getDatabase();
  const ids = await orm.select({ id: sql<string>`hit.id` }).from(sql`(${found}) as hit`);
  return sql`${invoices.id} = any (string_to_array(${ids.map(({ id }) => id).join()}, ',')::uuid[])`;
}

function nameFor(access: Access, name: string | null): string | null {
  if (name === null || !may(access, 'seePeople')) return null;
  return may(access, 'seePeopleUnmasked') ? name : maskName(name);
}
