import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { postbacks, projects } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
import { NO_PEOPLE, queryForList } from './query';

/**
 * Postbacks that changed nothing, found by what they claim: refused, incomplete and unreadable ones, and those that
 * conflict with their invoice. Customer data is not among the terms, so everybody who may see the log asks for all.
 */

/** Postbacks that the search shows beside invoices. */
const SHOWN = 5;
/** Of all that match so many are looked at, and so many of the newest are named to a list. */
const MAX_FOUND = 10_000;
const MAX_NAMED = 1_000;

/** What a list of postbacks looks for. */
export interface WantedClaims {
  readonly q: string;
  /** From `findClaims`. Without it the answer is the same, and takes longer. */
  readonly claims?: readonly string[];
}

/** That a postback claims what the text is; nothing for no text. */
export function isClaimedBy(access: Access, { q, claims }: WantedClaims): SQL | undefined {
  if (q.trim() === '') return undefined;
  const query = queryOf(access, q);
  if (query === null) return sql`false`;
  if (claims) return isOneOf(claims);
  return sql`${postbacks.id} in (select hit.id from ${postbacks} as hit
    where hit.claimed_search is not null and hit.claimed_search @@ ${query}::tsquery offset 0)`;
}

function queryOf(access: Access, text: string): string | null {
  return text.trim() === '' || !may(access, 'seePostbacks') ? null : queryForList(text, NO_PEOPLE);
}

/** The newest that claim what the text is. */
export async function findClaims(access: Access, text: string): Promise<readonly string[]> {
  const query = queryOf(access, text);
  if (query === null) return [];
  // Ids alone, which say nothing until a read finds them among its own: row security could not use the index of terms.
  const { orm } = await getDatabase();
  const found = sql`(with found as materialized (
      select id, received_at from ${postbacks}
      where claimed_search is not null and claimed_search @@ ${query}::tsquery limit ${MAX_FOUND})
    select id from found order by received_at desc limit ${MAX_NAMED})`;
  const rows = await orm.select({ id: sql<string>`hit.id::text` }).from(sql`${found} as hit`);
  return rows.map(({ id }) => id);
}

function isOneOf(ids: readonly string[]): SQL {
  return sql`${postbacks.id} = any (string_to_array(${ids.join()}, ',')::uuid[])`;
}

async function selectClaims(access: Access, ids: readonly string[]) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: postbacks.id,
      receivedAt: postbacks.receivedAt,
      outcome: postbacks.outcome,
      invoiceId: postbacks.invoiceId,
      claimedInvoiceId: postbacks.claimedInvoiceId,
      claimedOrderId: shownOrder(postbacks.claimedOrderId),
      claimedAmount: postbacks.claimedAmount,
      claimedCurrency: postbacks.claimedCurrency,
      project: projects.name,
    })
    .from(postbacks)
    .innerJoin(projects, eq(projects.id, postbacks.projectId))
    .where(
      and(
        inProjects(access, postbacks.projectId),
        isOneOf(ids),
        inArray(postbacks.outcome, ['refused', 'incomplete', 'unreadable', 'contradiction']),
      ),
    )
    .orderBy(desc(postbacks.receivedAt), desc(postbacks.id))
    .limit(MAX_NAMED);
}

export type ClaimHit = Awaited<ReturnType<typeof selectClaims>>[number];

export interface Claims {
  /** Newest first. */
  readonly hits: readonly ClaimHit[];
  /** There are more than are shown. */
  readonly more: boolean;
}

/** What the search shows of them; a conflict only where its invoice is not shown already. */
export async function searchClaims(access: Access, text: string, shown: ReadonlySet<string>): Promise<Claims> {
  const ids = await findClaims(access, text);
  if (ids.length === 0) return { hits: [], more: false };
  const found = await selectClaims(access, ids);
  const hits = found.filter(({ invoiceId }) => invoiceId === null || !shown.has(invoiceId));
  return { hits: hits.slice(0, SHOWN), more: hits.length > SHOWN };
}
