import { and, desc, eq, gte, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { invoices, postbacks } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
import { beforeCursor, type TimelineRequest } from './timeline-request';

/**
 * Refused postbacks belong to no invoice, because nothing in them is believed. Some of those that came after an invoice
 * was made only claim its id; to whoever asks why the shop does not say paid, that is the answer.
 */

/** The provider's clock may be ahead of ours. */
const EARLIER = sql`interval '5 minutes'`;
const NO_POSITION = sql`0`;

/** A refused postback that named this invoice. */
export interface RefusalEntry {
  readonly kind: 'refusal';
  readonly id: string;
  readonly at: string;
  readonly position: 0;
  readonly reason: string | null;
}

export async function listRefusals(
  access: Access,
  { invoiceId, before, limit }: TimelineRequest,
): Promise<readonly RefusalEntry[]> {
  if (!may(access, 'seePostbacks')) return [];
  const { orm } = await databaseFor(access);
  const rows = await orm
    .select({ id: postbacks.id, at: postbacks.receivedAt, reason: postbacks.reason })
    .from(invoices)
    .innerJoin(
      postbacks,
      and(
        eq(postbacks.projectId, invoices.projectId),
        eq(postbacks.claimedInvoiceId, invoices.providerInvoiceId),
        gte(postbacks.receivedAt, sql`${invoices.createdAt} - ${EARLIER}`),
      ),
    )
    .where(
      and(
        eq(invoices.id, invoiceId),
        inProjects(access, invoices.projectId),
        beforeCursor(postbacks.receivedAt, NO_POSITION, postbacks.id, before),
      ),
    )
    .orderBy(desc(postbacks.receivedAt), desc(postbacks.id))
    .limit(limit);
  return rows.map((row): RefusalEntry => ({ kind: 'refusal', position: 0, ...row }));
}
