import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { databaseFor } from '@/lib/db/client';
import { deliveries, deliveryResolutions, invoices, projects, staff } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { maskedPeople } from '@/lib/invoices/people';
import { inProjects } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';
import { matching } from './conditions';
import type { DeliveryFilter } from './delivery-list';
import { type ExplainedFailure, explainFailures } from './explain';

async function selectQueue(access: Access, filter: DeliveryFilter) {
  const { orm } = await databaseFor(access);
  const { after } = filter;
  const page = orm
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        matching(access, { ...filter, view: 'unresolved' }),
        after
          ? sql`(${deliveries.updatedAt}, ${deliveries.id}) > (${after.at}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(deliveries.updatedAt), asc(deliveries.id))
    .limit(PAGE + 1)
    .as('page');
  return orm
    .select({
      id: deliveries.id,
      invoiceId: deliveries.invoiceId,
      orderId: shownOrder(invoices.orderId),
      providerInvoiceId: invoices.providerInvoiceId,
      isTest: invoices.isTest,
      amount: invoices.amount,
      currency: invoices.currency,
      method: sql<string | null>`${invoices.state} #>> '{facts,method,v}'`,
      people: invoices.people,
      encryptionKeyId: invoices.encryptionKeyId,
      failureReasons: deliveries.failureReasons,
      updatedAt: deliveries.updatedAt,
      project: projects.name,
      /** Of a failure before this one. */
      note: deliveryResolutions.note,
      resolvedBy: staff.name,
    })
    .from(page)
    .innerJoin(deliveries, eq(deliveries.id, page.id))
    .innerJoin(invoices, eq(invoices.id, deliveries.invoiceId))
    .innerJoin(projects, eq(projects.id, deliveries.projectId))
    .leftJoin(deliveryResolutions, eq(deliveryResolutions.deliveryId, deliveries.id))
    .leftJoin(staff, eq(staff.id, deliveryResolutions.staffId))
    .orderBy(asc(deliveries.updatedAt), asc(deliveries.id));
}

type Selected = Awaited<ReturnType<typeof selectQueue>>[number];

export interface QueueRow extends Omit<Selected, 'people' | 'encryptionKeyId' | 'method'> {
  readonly failures: readonly ExplainedFailure[];
}

/** Failed waybills that need a person, who waited longest first, each reason explained. */
export async function listQueue(access: Access, filter: DeliveryFilter): Promise<Page<QueueRow>> {
  const { rows, next } = pageOf(await selectQueue(access, filter), ({ updatedAt, id }) => ({ at: updatedAt, id }));
  return { next, rows: rows.map((row) => explained(access, row)) };
}

function explained(access: Access, { people, encryptionKeyId, method, ...row }: Selected): QueueRow {
  const sent = {
    people: maskedPeople(access, row.invoiceId, { people, encryptionKeyId }),
    method,
    amount: row.amount,
    currency: row.currency,
  };
  return { ...row, failures: explainFailures(row.failureReasons, sent) };
}

async function selectResolvedLately(access: Access, limit: number) {
  const { orm } = await databaseFor(access);
  const latest = orm
    .select({ deliveryId: deliveryResolutions.deliveryId })
    .from(deliveryResolutions)
    .innerJoin(deliveries, eq(deliveries.id, deliveryResolutions.deliveryId))
    .where(
      and(
        eq(deliveries.status, 'waybill_failed'),
        sql`${deliveries.failureReasons} <@ ${deliveryResolutions.failureReasons}`,
        inProjects(access, deliveries.projectId),
      ),
    )
    .orderBy(desc(deliveryResolutions.createdAt), desc(deliveryResolutions.deliveryId))
    .limit(limit)
    .as('latest');
  return orm
    .select({
      id: deliveries.id,
      invoiceId: deliveries.invoiceId,
      orderId: shownOrder(invoices.orderId),
      providerInvoiceId: invoices.providerInvoiceId,
      note: deliveryResolutions.note,
      by: staff.name,
      at: deliveryResolutions.createdAt,
    })
    .from(latest)
    .innerJoin(deliveryResolutions, eq(deliveryResolutions.deliveryId, latest.deliveryId))
    .innerJoin(deliveries, eq(deliveries.id, deliveryResolutions.deliveryId))
    .innerJoin(invoices, eq(invoices.id, deliveries.invoiceId))
    .innerJoin(staff, eq(staff.id, deliveryResolutions.staffId))
    .orderBy(desc(deliveryResolutions.createdAt), desc(deliveryResolutions.deliveryId));
}

export type ResolvedRow = Awaited<ReturnType<typeof selectResolvedLately>>[number];

/** What was resolved last and still is, so that a slip can be taken back where it was made. */
export function listResolvedLately(access: Access, limit: number): Promise<readonly ResolvedRow[]> {
  return selectResolvedLately(access, limit);
}
