import { and, asc, desc, eq, gte, lte, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { invoices, postbacks, projects } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import { getProvider } from '@/lib/providers';
import type { Provider } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { open } from '@/lib/vault';
import { newerFirst } from './timeline-cursor';
import type { TimelineRequest } from './timeline-request';

/**
 * Refused postbacks belong to no invoice, because nothing in them is believed. Some of those that came after an invoice
 * was made only claim its id; to whoever asks why the shop does not say paid, that is the answer. The search is bounded,
 * so in a busy project a claim may stay unfound; one that is found is one.
 */

/** How far the ledger is looked through from when the invoice was made. */
const ROWS_SEARCHED = 3_000;
const BODIES_OPENED = 100;
/** Genuine bodies have two or three thousand bytes. */
const LARGEST_BODY = 16_384;
/** The provider's clock may be ahead of ours. */
const EARLIER = sql`interval '5 minutes'`;

/** A refused postback that named this invoice. */
export interface RefusalEntry {
  readonly kind: 'refusal';
  readonly id: string;
  readonly at: string;
  readonly position: 0;
  readonly reason: string | null;
}

async function selectInvoice(access: Access, invoiceId: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      projectId: invoices.projectId,
      provider: projects.provider,
      claimed: invoices.providerInvoiceId,
      createdAt: invoices.createdAt,
    })
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(and(eq(invoices.id, invoiceId), inProjects(access, invoices.projectId)))
    .limit(1);
}

type Sought = Awaited<ReturnType<typeof selectInvoice>>[number];

async function selectRefused(access: Access, { projectId, createdAt }: Sought) {
  const { orm } = await databaseFor(access);
  const searched = orm
    .select({ id: postbacks.id })
    .from(postbacks)
    .where(
      and(eq(postbacks.projectId, projectId), gte(postbacks.receivedAt, sql`${createdAt}::timestamptz - ${EARLIER}`)),
    )
    .orderBy(asc(postbacks.receivedAt), asc(postbacks.id))
    .limit(ROWS_SEARCHED)
    .as('searched');
  return orm
    .select({
      id: postbacks.id,
      at: postbacks.receivedAt,
      reason: postbacks.reason,
      body: postbacks.body,
      encryptionKeyId: postbacks.encryptionKeyId,
    })
    .from(searched)
    .innerJoin(postbacks, eq(postbacks.id, searched.id))
    .where(and(eq(postbacks.outcome, 'refused'), lte(postbacks.bodySize, LARGEST_BODY)))
    .orderBy(desc(postbacks.receivedAt), desc(postbacks.id))
    .limit(BODIES_OPENED);
}

type Refused = Awaited<ReturnType<typeof selectRefused>>[number];

export async function listRefusals(
  access: Access,
  { invoiceId, before, limit }: TimelineRequest,
): Promise<readonly RefusalEntry[]> {
  if (!may(access, 'seePostbacks')) return [];
  const [sought] = await selectInvoice(access, invoiceId);
  const provider = sought && getProvider(sought.provider);
  if (!provider) return [];
  const refused = await selectRefused(access, sought);
  return refused
    .filter((row) => claimedId(provider, row) === sought.claimed)
    .map(({ id, at, reason }): RefusalEntry => ({ kind: 'refusal', id, at, position: 0, reason }))
    .filter((entry) => before === null || newerFirst(before, entry) < 0)
    .slice(0, limit);
}

/** Which invoice a body names, whoever wrote it; null when it names none. */
function claimedId(provider: Provider, { id, body, encryptionKeyId }: Refused): string | null {
  if (!body || !encryptionKeyId) return null;
  const decoded = provider.decode(open({ sealed: body, keyId: encryptionKeyId }, `postbacks:${id}`));
  if (!decoded.ok) return null;
  const parsed = provider.parse(decoded.fields);
  return parsed.ok ? parsed.event.invoiceId : null;
}
