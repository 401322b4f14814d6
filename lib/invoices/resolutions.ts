import { and, eq, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { deliveries, deliveryResolutions, staff } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';
import { beforeCursor, type TimelineRequest } from './timeline-request';

async function selectResolutions(access: Access, { invoiceId, before, limit }: TimelineRequest) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: deliveryResolutions.deliveryId,
      at: deliveryResolutions.createdAt,
      text: deliveryResolutions.note,
      author: staff.name,
    })
    .from(deliveryResolutions)
    .innerJoin(deliveries, eq(deliveries.id, deliveryResolutions.deliveryId))
    .innerJoin(staff, eq(staff.id, deliveryResolutions.staffId))
    .where(
      and(
        eq(deliveries.invoiceId, invoiceId),
        inProjects(access, deliveries.projectId),
        beforeCursor(deliveryResolutions.createdAt, sql`0`, deliveryResolutions.deliveryId, before),
      ),
    )
    .limit(limit);
}

/** A failed waybill that somebody dealt with. */
export interface ResolutionEntry {
  readonly kind: 'resolution';
  readonly id: string;
  readonly at: string;
  readonly position: 0;
  readonly text: string;
  readonly author: string;
}

export async function listResolutions(access: Access, request: TimelineRequest): Promise<readonly ResolutionEntry[]> {
  const rows = await selectResolutions(access, request);
  return rows.map((row) => ({ ...row, kind: 'resolution', position: 0 }));
}
