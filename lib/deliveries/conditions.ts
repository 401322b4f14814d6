import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { inPeriod } from '@/lib/db/conditions';
import { deliveries, deliveryResolutions, invoices, projects } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import { isFoundBy } from '@/lib/search/condition';
import type { Access } from '@/lib/staff/access';
import type { DeliveryFilter } from './filter';

/**
 * What is asked of the invoice. Where nearly every parcel fits it is looked up row by row, where few invoices fit they
 * are found first. Without either no invoice is touched.
 */
function ofInvoice(condition: SQL | undefined, rowByRow: boolean): SQL | undefined {
  if (!condition) return undefined;
  return rowByRow
    ? sql`(select ${condition} from ${invoices} where ${invoices.id} = ${deliveries.invoiceId})`
    : sql`${deliveries.invoiceId} in (select ${invoices.id} from ${invoices} where ${condition})`;
}

/** Somebody resolved all that failed; a failure that came later is not among it. */
export const isResolved = sql<boolean>`exists (
  select 1 from ${deliveryResolutions}
  where ${deliveryResolutions.deliveryId} = ${deliveries.id}
    and ${deliveries.failureReasons} <@ ${deliveryResolutions.failureReasons}
)`;

/** A failed waybill that nobody has dealt with; a waybill made later changes the status and so ends it. */
export function needsPerson(): SQL | undefined {
  return and(eq(deliveries.status, 'waybill_failed'), sql`not ${isResolved}`);
}

/** Whether the filter asks for invoices of which there are few. */
export function isSelective({ q, test }: DeliveryFilter): boolean {
  return q !== '' || test === 'only';
}

/** The one condition behind list, counts and queue. */
export function matching(access: Access, filter: DeliveryFilter): SQL | undefined {
  const { view, status, project, provider, test } = filter;
  const chosen = status.length > 0 ? inArray(deliveries.status, [...status]) : undefined;
  const tested = test === 'include' ? undefined : eq(invoices.isTest, test === 'only');
  return and(
    inProjects(access, deliveries.projectId),
    view === 'unresolved' ? needsPerson() : chosen,
    project ? eq(deliveries.projectId, project) : undefined,
    provider
      ? sql`${deliveries.projectId} in (select ${projects.id} from ${projects} where ${projects.provider} = ${provider})`
      : undefined,
    inPeriod(deliveries.updatedAt, filter),
    isFoundBy(access, filter, deliveries.invoiceId),
    ofInvoice(tested, test !== 'only'),
  );
}
