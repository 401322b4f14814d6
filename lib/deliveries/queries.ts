import { and, desc, eq } from 'drizzle-orm';
import { getDatabase } from '@/lib/db/client';
import { deliveries, invoices } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';

async function selectDelivery(access: Access, invoiceId: string) {
  const { orm } = await getDatabase();
  return orm
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.invoiceId, invoiceId), inProjects(access, deliveries.projectId)))
    .limit(1);
}

export type DeliveryRow = Awaited<ReturnType<typeof selectDelivery>>[number];

/** The parcel of an invoice, where there is one. */
export async function findDelivery(access: Access, invoiceId: string): Promise<DeliveryRow | null> {
  const [row] = await selectDelivery(access, invoiceId);
  return row ?? null;
}

async function selectFailed(access: Access, limit: number) {
  const { orm } = await getDatabase();
  return orm
    .select({
      invoiceId: deliveries.invoiceId,
      orderId: invoices.orderId,
      providerInvoiceId: invoices.providerInvoiceId,
      reasons: deliveries.failureReasons,
      updatedAt: deliveries.updatedAt,
      isTest: invoices.isTest,
    })
    .from(deliveries)
    .innerJoin(invoices, eq(invoices.id, deliveries.invoiceId))
    .where(and(eq(deliveries.status, 'waybill_failed'), inProjects(access, deliveries.projectId)))
    .orderBy(desc(deliveries.updatedAt), desc(deliveries.id))
    .limit(limit);
}

export type FailedWaybill = Awaited<ReturnType<typeof selectFailed>>[number];

/** Parcels without a waybill because making it failed, newest first. */
export function listFailedWaybills(access: Access, limit: number): Promise<readonly FailedWaybill[]> {
  return selectFailed(access, limit);
}
