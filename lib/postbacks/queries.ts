import { and, eq, gte, inArray, sql, sum } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { invoices, postbacks, projectCounters, projectSecrets, projects, staff } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';

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
      claimedOrderId: shownOrder(postbacks.claimedOrderId),
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
