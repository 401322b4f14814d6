import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { databaseFor } from '@/lib/db/client';
import { inPeriod } from '@/lib/db/conditions';
import { type Counts, countAmongFirst, countEach } from '@/lib/db/counts';
import { type Branch, inOrder, pageOf as pageIn } from '@/lib/db/keyset';
import { invoices, postbacks, projects } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { filterCondition } from '@/lib/lists/conditions';
import { chosenProjects } from '@/lib/projects/chosen';
import { inProjects } from '@/lib/projects/scope';
import { findClaims, isClaimedBy, type WantedClaims } from '@/lib/search/claims';
import { isFoundBy, withHits } from '@/lib/search/condition';
import { type Access, may } from '@/lib/staff/access';
import { KEPT_OUTCOMES, type KeptOutcome } from './outcome';
import { type PostbackFilter, postbackList } from './postback-list';

/** The one condition behind the log, its counts and its file. */
export function matching(access: Access, filter: Searched): SQL | undefined {
  return and(
    inProjects(access, postbacks.projectId),
    isFound(access, filter),
    filterCondition(postbackList, filter, {
      projectId: postbacks.projectId,
      filters: {
        outcome: (outcome) => inArray(postbacks.outcome, [...outcome]),
        // What nobody's key signed is no test.
        test: (test) =>
          test === 'only' ? sql`${postbacks.signer} = 'test'` : sql`${postbacks.signer} is distinct from 'test'`,
      },
    }),
    inPeriod(postbacks.receivedAt, filter),
  );
}

/** Its invoice is, or the postback itself by what it claims. */
function isFound(access: Access, filter: Searched): SQL | undefined {
  return or(isFoundBy(access, filter, postbacks.invoiceId), isClaimedBy(access, filter));
}

/** A filter whose text was looked up, once for all that is asked with it. */
export type Searched = PostbackFilter & WantedClaims;

export async function withFound(access: Access, filter: PostbackFilter): Promise<Searched> {
  const [found, claims] = await Promise.all([withHits(access, filter), findClaims(access, filter.q)]);
  return { ...found, claims };
}

async function listing(access: Access, filter: Searched): Promise<readonly Branch[]> {
  const projects = await chosenProjects(access, filter);
  const every: Branch = {
    from: sql`${postbacks}`,
    where: matching(access, filter),
    at: postbacks.receivedAt,
    id: postbacks.id,
  };
  if (projects === null || projects.length === 0) return [every];
  return projects.map((id) => ({ ...every, where: and(eq(postbacks.projectId, id), every.where) }));
}

async function selectRows(access: Access, filter: Searched) {
  const { orm } = await databaseFor(access);
  const { sort, after } = filter;
  const page = pageIn({ lead: await listing(access, filter), rest: [] }, { sort, after, limit: PAGE + 1 });
  return orm
    .select({
      id: postbacks.id,
      receivedAt: postbacks.receivedAt,
      outcome: postbacks.outcome,
      reason: postbacks.reason,
      reasonField: postbacks.reasonField,
      duplicates: postbacks.duplicates,
      answerStatus: postbacks.answerStatus,
      signer: postbacks.signer,
      verified: postbacks.verified,
      bodySize: postbacks.bodySize,
      invoiceId: postbacks.invoiceId,
      providerInvoiceId: invoices.providerInvoiceId,
      claimedInvoiceId: postbacks.claimedInvoiceId,
      orderId: shownOrder(sql`coalesce(${postbacks.claimedOrderId}, ${invoices.orderId})`),
      claimedStatus: postbacks.claimedStatus,
      claimedAmount: postbacks.claimedAmount,
      claimedCurrency: postbacks.claimedCurrency,
      recheckedAt: postbacks.recheckedAt,
      project: projects.name,
      provider: projects.provider,
    })
    .from(sql`${page} as listed`)
    .innerJoin(postbacks, eq(postbacks.id, sql`listed.id`))
    .innerJoin(projects, eq(projects.id, postbacks.projectId))
    .leftJoin(invoices, eq(invoices.id, postbacks.invoiceId))
    .orderBy(inOrder(sql`listed.at`, sql`listed.id`, sort));
}

export type LogRow = Awaited<ReturnType<typeof selectRows>>[number];

/** Empty for those who may not see postbacks. */
export async function listLog(access: Access, filter: Searched): Promise<Page<LogRow>> {
  if (!may(access, 'seePostbacks')) return { rows: [], next: null };
  return pageOf(await selectRows(access, filter), ({ receivedAt, id }) => ({ at: receivedAt, id }));
}

/** How many there are of each outcome, whichever is chosen, no further than a chip tells. */
export async function countLog(access: Access, filter: Searched): Promise<Counts<KeptOutcome>> {
  if (!may(access, 'seePostbacks')) return new Map();
  const every: Searched = { ...filter, outcome: [], sort: 'newest' };
  const branches = await listing(access, every);
  if (isNarrowed(every) || access.projects !== 'all') {
    return countAmongFirst(access, KEPT_OUTCOMES, branches, postbacks.outcome);
  }
  return countEach(access, KEPT_OUTCOMES, (outcome) => {
    return branches.map((branch) => ({ ...branch, where: and(eq(postbacks.outcome, outcome), branch.where) }));
  });
}

/** Whether anything but the period is chosen, which the index of outcomes knows. */
function isNarrowed(filter: PostbackFilter): boolean {
  return postbackList.isFiltered({ ...filter, from: null, to: null });
}
