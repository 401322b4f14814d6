import { and, desc, eq, sql } from 'drizzle-orm';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { databaseFor } from '@/lib/db/client';
import { below } from '@/lib/db/conditions';
import { type Count, type Counts, countAmongFirst, countEach } from '@/lib/db/counts';
import type { Branch } from '@/lib/db/keyset';
import { deliveries, invoices, projects } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { inProjects } from '@/lib/projects/scope';
import { type Access, nameFor } from '@/lib/staff/access';
import { isResolved, matching } from './conditions';
import { type DeliveryFilter, deliveryList } from './delivery-list';
import { DELIVERY_STATUSES, type DeliveryStatus } from './status';

async function selectDelivery(access: Access, invoiceId: string) {
  const { orm } = await databaseFor(access);
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

async function selectRows(access: Access, filter: DeliveryFilter) {
  const { orm } = await databaseFor(access);
  // The page is found among parcels alone, by their index; only its rows are joined.
  const page = orm
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(matching(access, filter), below(deliveries.updatedAt, deliveries.id, filter.after)))
    .orderBy(desc(deliveries.updatedAt), desc(deliveries.id))
    .limit(PAGE + 1)
    .as('page');
  return orm
    .select({
      id: deliveries.id,
      invoiceId: deliveries.invoiceId,
      orderId: shownOrder(invoices.orderId),
      providerInvoiceId: invoices.providerInvoiceId,
      isTest: invoices.isTest,
      status: deliveries.status,
      waybills: deliveries.waybills,
      failureReasons: deliveries.failureReasons,
      carrierCode: deliveries.carrierCode,
      carrierText: deliveries.carrierText,
      recipientName: deliveries.recipientName,
      updatedAt: deliveries.updatedAt,
      resolved: isResolved,
      project: projects.name,
      provider: projects.provider,
    })
    .from(page)
    .innerJoin(deliveries, eq(deliveries.id, page.id))
    .innerJoin(invoices, eq(invoices.id, deliveries.invoiceId))
    .innerJoin(projects, eq(projects.id, deliveries.projectId))
    .orderBy(desc(deliveries.updatedAt), desc(deliveries.id));
}

export type DeliveryListRow = Awaited<ReturnType<typeof selectRows>>[number];

/** The latest change first. */
export async function listDeliveries(access: Access, filter: DeliveryFilter): Promise<Page<DeliveryListRow>> {
  const found = await selectRows(access, { ...filter, view: 'all' });
  const shown = found.map((row) => ({ ...row, recipientName: nameFor(access, row.recipientName) }));
  return pageOf(shown, ({ updatedAt, id }) => ({ at: updatedAt, id }));
}

function branch(access: Access, filter: DeliveryFilter): Branch {
  return {
    from: sql`${deliveries}`,
    where: matching(access, filter),
    at: deliveries.updatedAt,
    id: deliveries.id,
  };
}

/** How many there are of each status, whichever is chosen, no further than a chip tells. */
export function countDeliveries(access: Access, filter: DeliveryFilter): Promise<Counts<DeliveryStatus>> {
  const every: DeliveryFilter = { ...filter, view: 'all', status: [] };
  const all = branch(access, every);
  // The period is known to the index of statuses.
  const isNarrowed = deliveryList.isFiltered({ ...every, from: null, to: null });
  if (isNarrowed || access.projects !== 'all') {
    return countAmongFirst(access, DELIVERY_STATUSES, [all], deliveries.status);
  }
  return countEach(access, DELIVERY_STATUSES, (status) => [
    { ...all, where: and(eq(deliveries.status, status), all.where) },
  ]);
}

/** How many failed waybills need attention, counted in the same way. */
export async function countUnresolved(access: Access, filter: DeliveryFilter): Promise<Count> {
  const counts = await countEach(access, ['unresolved'], () => [branch(access, { ...filter, view: 'unresolved' })]);
  return counts.get('unresolved') ?? { count: 0, more: false };
}

/** Whether there is any parcel at all that this person may see. */
export async function hasDeliveries(access: Access): Promise<boolean> {
  const { orm } = await databaseFor(access);
  const rows = await orm
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(inProjects(access, deliveries.projectId))
    .limit(1);
  return rows.length > 0;
}
