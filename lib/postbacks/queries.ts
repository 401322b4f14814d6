import { and, asc, count, desc, eq, gte, inArray, isNull, sql, sum } from 'drizzle-orm';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { databaseFor } from '@/lib/db/client';
import { below, contains, inPeriod } from '@/lib/db/conditions';
import { invoices, postbacks, projectCounters, projectSecrets, projects, staff } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
import type { PostbackFilter } from './filter';

const row = {
  id: postbacks.id,
  receivedAt: postbacks.receivedAt,
  outcome: postbacks.outcome,
  reason: postbacks.reason,
  reasonField: postbacks.reasonField,
  duplicateOf: postbacks.duplicateOf,
  duplicates: postbacks.duplicates,
  answerStatus: postbacks.answerStatus,
  signer: postbacks.signer,
  verified: postbacks.verified,
  flags: postbacks.flags,
  changes: postbacks.changes,
  invoiceId: postbacks.invoiceId,
  providerInvoiceId: invoices.providerInvoiceId,
  projectId: postbacks.projectId,
  project: projects.name,
  provider: projects.provider,
};

function matching(access: Access, filter: PostbackFilter) {
  const word = filter.q.toLowerCase().replace(/^inv-/, '');
  return and(
    inProjects(access, postbacks.projectId),
    filter.outcome.length > 0 ? inArray(postbacks.outcome, [...filter.outcome]) : undefined,
    filter.project ? eq(postbacks.projectId, filter.project) : undefined,
    filter.provider ? eq(projects.provider, filter.provider) : undefined,
    word ? sql`lower(${invoices.providerInvoiceId}) like ${contains(word)}` : undefined,
    inPeriod(postbacks.receivedAt, filter),
  );
}

async function selectRows(access: Access, filter: PostbackFilter) {
  const { orm } = await databaseFor(access);
  return orm
    .select(row)
    .from(postbacks)
    .innerJoin(projects, eq(projects.id, postbacks.projectId))
    .leftJoin(invoices, eq(invoices.id, postbacks.invoiceId))
    .where(and(matching(access, filter), below(postbacks.receivedAt, postbacks.id, filter.after)))
    .orderBy(desc(postbacks.receivedAt), desc(postbacks.id))
    .limit(PAGE + 1);
}

export type PostbackRow = Awaited<ReturnType<typeof selectRows>>[number];

/** Newest first. Empty for those who may not see postbacks. */
export async function listPostbacks(access: Access, filter: PostbackFilter): Promise<Page<PostbackRow>> {
  if (!may(access, 'seePostbacks')) return { rows: [], next: null };
  return pageOf(await selectRows(access, filter), ({ receivedAt, id }) => ({ at: receivedAt, id }));
}

/** How many there are of each outcome, whichever is chosen. */
export async function countOutcomes(access: Access, filter: PostbackFilter): Promise<ReadonlyMap<string, number>> {
  const { orm } = await databaseFor(access);
  const counts = await orm
    .select({ outcome: postbacks.outcome, count: count() })
    .from(postbacks)
    .innerJoin(projects, eq(projects.id, postbacks.projectId))
    .leftJoin(invoices, eq(invoices.id, postbacks.invoiceId))
    .where(matching(access, { ...filter, outcome: [] }))
    .groupBy(postbacks.outcome);
  return new Map(counts.map(({ outcome, count }) => [outcome, Number(count)]));
}

async function selectCounters(access: Access, since: Date) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      projectId: projects.id,
      project: projects.name,
      kind: projectCounters.kind,
      count: sum(projectCounters.count).mapWith(Number),
      lastAt: sql<string>`max(${projectCounters.lastAt})`.mapWith(projectCounters.lastAt),
      lastUserAgent: sql<
        string | null
      >`(array_agg(${projectCounters.lastUserAgent} order by ${projectCounters.lastAt} desc))[1]`,
    })
    .from(projectCounters)
    .innerJoin(projects, eq(projects.id, projectCounters.projectId))
    .where(
      and(
        inProjects(access, projectCounters.projectId),
        inArray(projectCounters.kind, ['unsupported', 'too_large', 'get', 'over_limit', 'refused_over_limit']),
        gte(projectCounters.hour, since.toISOString()),
      ),
    )
    .groupBy(projects.id, projects.name, projectCounters.kind)
    .orderBy(projects.name, projectCounters.kind);
}

export type CounterRow = Awaited<ReturnType<typeof selectCounters>>[number];

/** What was only counted since a moment, a line per project and kind. */
export function listCounters(access: Access, since: Date): Promise<readonly CounterRow[]> {
  return selectCounters(access, since);
}

/** All that was said of one invoice, oldest first, duplicates included. */
async function selectTimeline(access: Access, invoiceId: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({ ...row, position: postbacks.position })
    .from(postbacks)
    .innerJoin(projects, eq(projects.id, postbacks.projectId))
    .leftJoin(invoices, eq(invoices.id, postbacks.invoiceId))
    .where(and(eq(postbacks.invoiceId, invoiceId), inProjects(access, postbacks.projectId)))
    .orderBy(asc(postbacks.receivedAt), asc(postbacks.position), asc(postbacks.id))
    .limit(500);
}

export type TimelineRow = Awaited<ReturnType<typeof selectTimeline>>[number];

/** Who may not see the log sees what was taken in, and nothing of verdicts. */
export async function listTimeline(access: Access, invoiceId: string): Promise<readonly TimelineRow[]> {
  const rows = await selectTimeline(access, invoiceId);
  return may(access, 'seePostbacks') ? rows : rows.filter((row) => row.outcome === 'accepted');
}

/** One with its bytes, still sealed; null when it is not theirs to see. */
async function selectOne(access: Access, id: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      ...row,
      plainMetadata: projects.plainMetadata,
      contentType: postbacks.contentType,
      userAgent: postbacks.userAgent,
      body: postbacks.body,
      encryptionKeyId: postbacks.encryptionKeyId,
      bodySize: postbacks.bodySize,
      bodyHash: postbacks.bodyHash,
      request: postbacks.request,
      requestKeyId: postbacks.requestKeyId,
      position: postbacks.position,
      claimedInvoiceId: postbacks.claimedInvoiceId,
      claimedOrderId: postbacks.claimedOrderId,
      claimedStatus: postbacks.claimedStatus,
      claimedAmount: postbacks.claimedAmount,
      claimedCurrency: postbacks.claimedCurrency,
      refusedReason: postbacks.refusedReason,
      recheckedAt: postbacks.recheckedAt,
      recheckedBy: staff.name,
      secretHint: projectSecrets.hint,
      secretEnteredAt: projectSecrets.createdAt,
    })
    .from(postbacks)
    .innerJoin(projects, eq(projects.id, postbacks.projectId))
    .leftJoin(invoices, eq(invoices.id, postbacks.invoiceId))
    .leftJoin(projectSecrets, eq(projectSecrets.id, postbacks.secretId))
    .leftJoin(staff, eq(staff.id, postbacks.recheckedBy))
    .where(and(eq(postbacks.id, id), inProjects(access, postbacks.projectId)))
    .limit(1);
}

export type PostbackDetail = Awaited<ReturnType<typeof selectOne>>[number];

export async function findPostback(access: Access, id: string): Promise<PostbackDetail | null> {
  if (!may(access, 'seePostbacks')) return null;
  const [found] = await selectOne(access, id);
  return found ?? null;
}

/** The sealed bytes of what was last taken for an invoice: what the provider said most recently. */
export async function findLatestBody(
  access: Access,
  invoiceId: string,
): Promise<{ readonly id: string; readonly body: Uint8Array; readonly encryptionKeyId: string } | null> {
  const { orm } = await databaseFor(access);
  const [latest] = await orm
    .select({ id: postbacks.id, body: postbacks.body, encryptionKeyId: postbacks.encryptionKeyId })
    .from(postbacks)
    .where(
      and(
        eq(postbacks.invoiceId, invoiceId),
        inProjects(access, postbacks.projectId),
        eq(postbacks.outcome, 'accepted'),
        isNull(postbacks.duplicateOf),
        sql`${postbacks.body} is not null`,
      ),
    )
    .orderBy(desc(postbacks.receivedAt), desc(postbacks.position))
    .limit(1);
  if (!latest?.body || !latest.encryptionKeyId) return null;
  return { id: latest.id, body: latest.body, encryptionKeyId: latest.encryptionKeyId };
}
