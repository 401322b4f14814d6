import { and, desc, eq, gte, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { invoices, postbacks, projects } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import type { KeptOutcome } from '@/lib/postbacks/outcome';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
import { beforeCursor, type TimelineRequest } from './timeline-request';

/**
 * Refused, incomplete and unreadable postbacks belong to no invoice, because nothing in them is believed. Some of those
 * that came after an invoice was made claim its id or its order; to whoever asks why the shop does not say paid, that is
 * the answer.
 */

/** The provider's clock may be ahead of ours. */
const EARLIER = sql`interval '5 minutes'`;
const NO_POSITION = sql`0`;

/** A postback that claims to be about this invoice. */
export interface RefusalEntry {
  readonly kind: 'refusal';
  readonly id: string;
  readonly at: string;
  readonly position: 0;
  readonly provider: string;
  readonly outcome: KeptOutcome;
  readonly reason: string | null;
  readonly reasonField: string | null;
  /** Null: it claims the order alone. */
  readonly claimedInvoiceId: string | null;
  readonly claimedOrderId: string | null;
  readonly claimedStatus: string | null;
  readonly claimedAmount: string | null;
  readonly claimedCurrency: string | null;
}

export async function listRefusals(
  access: Access,
  { invoiceId, before, limit }: TimelineRequest,
): Promise<readonly RefusalEntry[]> {
  if (!may(access, 'seePostbacks')) return [];
  const { orm } = await databaseFor(access);
  const rows = await orm
    .select({
      id: postbacks.id,
      at: postbacks.receivedAt,
      provider: projects.provider,
      outcome: postbacks.outcome,
      reason: postbacks.reason,
      reasonField: postbacks.reasonField,
      claimedInvoiceId: postbacks.claimedInvoiceId,
      claimedOrderId: shownOrder(postbacks.claimedOrderId),
      claimedStatus: postbacks.claimedStatus,
      claimedAmount: postbacks.claimedAmount,
      claimedCurrency: postbacks.claimedCurrency,
    })
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .innerJoin(
      postbacks,
      and(
        eq(postbacks.projectId, invoices.projectId),
        isNull(postbacks.invoiceId),
        or(
          eq(postbacks.claimedInvoiceId, invoices.providerInvoiceId),
          // As the index of orders has it.
          and(isNotNull(postbacks.claimedSearch), eq(postbacks.claimedOrderId, invoices.orderId)),
        ),
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
