import { and, eq, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { cashReceipts, staff } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';
import { beforeCursor, type TimelineRequest } from './timeline-request';

async function selectReceipts(access: Access, { invoiceId, before, limit }: TimelineRequest) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: cashReceipts.invoiceId,
      at: cashReceipts.createdAt,
      receivedAt: cashReceipts.cashReceivedAt,
      author: staff.name,
    })
    .from(cashReceipts)
    .innerJoin(staff, eq(staff.id, cashReceipts.staffId))
    .where(
      and(
        eq(cashReceipts.invoiceId, invoiceId),
        inProjects(access, cashReceipts.projectId),
        beforeCursor(cashReceipts.createdAt, sql`0`, cashReceipts.invoiceId, before),
      ),
    )
    .limit(limit);
}

/** The cash of its parcel, which somebody marked as received. */
export interface CashReceiptEntry {
  readonly kind: 'cash';
  readonly id: string;
  readonly at: string;
  readonly position: 0;
  /** The day that was chosen, as an instant. */
  readonly receivedAt: string;
  readonly author: string;
}

export async function listCashReceipts(access: Access, request: TimelineRequest): Promise<readonly CashReceiptEntry[]> {
  const rows = await selectReceipts(access, request);
  return rows.map((row) => ({ ...row, kind: 'cash', position: 0 }));
}
