import { and, count, desc, eq, type SQL } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { databaseFor, type Orm } from '@/lib/db/client';
import { below } from '@/lib/db/conditions';
import { deliveries, invoices, projects } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import { type Access, nameFor } from '@/lib/staff/access';
import { isResolved, isSelective, matching, needsPerson } from './conditions';
import type { DeliveryFilter } from './filter';
import { DELIVERY_STATUSES } from './status';

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

async function selectFailed(access: Access, limit: number) {
  const { orm } = await databaseFor(access);
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
    .where(and(needsPerson(), inProjects(access, deliveries.projectId)))
    .orderBy(desc(deliveries.updatedAt), desc(deliveries.id))
    .limit(limit);
}

export type FailedWaybill = Awaited<ReturnType<typeof selectFailed>>[number];

/** Parcels without a waybill because making it failed, and not resolved by anybody, newest first. */
export function listFailedWaybills(access: Access, limit: number): Promise<readonly FailedWaybill[]> {
  return selectFailed(access, limit);
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
      orderId: invoices.orderId,
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

/** Counted no further, of each status: a thousand and a million tell the reader the same. */
export const MOST_COUNTED = 1_000;

/** Rows that one pass looks at before it gives up. */
const MOST_LOOKED_AT = 20_000;

/**
 * How many there are of each status, whichever is chosen; more than `MOST_COUNTED` stands for any greater number.
 * Null where a search finds too many to tell.
 */
export async function countDeliveries(
  access: Access,
  filter: DeliveryFilter,
): Promise<ReadonlyMap<string, number> | null> {
  const { orm } = await databaseFor(access);
  const condition = matching(access, { ...filter, view: 'all', status: [] });
  const some = isSelective(filter) ? onePass(orm, condition) : eachStatus(orm, condition);
  const rows = await orm.select({ status: some.status, count: count() }).from(some).groupBy(some.status);
  const counts = new Map(rows.map((row) => [row.status, Number(row.count)]));
  const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
  return total > MOST_LOOKED_AT ? null : counts;
}

function onePass(orm: Orm, condition: SQL | undefined) {
  return orm
    .select({ status: deliveries.status })
    .from(deliveries)
    .where(condition)
    .limit(MOST_LOOKED_AT + 1)
    .as('some');
}

function eachStatus(orm: Orm, condition: SQL | undefined) {
  const capped = (status: string) =>
    orm
      .select({ status: deliveries.status })
      .from(deliveries)
      .where(and(eq(deliveries.status, status), condition))
      .limit(MOST_COUNTED + 1);
  const [first, second, ...rest] = DELIVERY_STATUSES;
  return unionAll(capped(first), capped(second), ...rest.map(capped)).as('some');
}

/** How many failed waybills need a person, capped like the statuses. */
export async function countUnresolved(access: Access, filter: DeliveryFilter): Promise<number> {
  const { orm } = await databaseFor(access);
  const some = orm
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(matching(access, { ...filter, view: 'unresolved' }))
    .limit(MOST_COUNTED + 1)
    .as('some');
  const [row] = await orm.select({ count: count() }).from(some);
  return Number(row?.count ?? 0);
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
