import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { inPeriod } from '@/lib/db/conditions';
import { deliveries, deliveryResolutions, invoices } from '@/lib/db/schema';
import { filterCondition } from '@/lib/lists/conditions';
import { inProjects } from '@/lib/projects/scope';
import { isFoundBy } from '@/lib/search/condition';
import type { Access } from '@/lib/staff/access';
import { type DeliveryFilter, deliveryList } from './delivery-list';

/**
 * What is asked of the invoice. Where nearly every parcel fits it is looked up row by row, where few invoices fit they
 * are found first. Without either no invoice is touched.
 */
function ofInvoice(condition: SQL, rowByRow: boolean): SQL {
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

/** The one condition behind list, counts and queue. */
export function matching(access: Access, filter: DeliveryFilter): SQL | undefined {
  return and(
    inProjects(access, deliveries.projectId),
    filterCondition(deliveryList, filter, {
      projectId: deliveries.projectId,
      filters: {
        view: () => needsPerson(),
        status: (status) => (filter.view === 'unresolved' ? undefined : inArray(deliveries.status, [...status])),
        test: (test) => ofInvoice(eq(invoices.isTest, test === 'only'), test !== 'only'),
      },
    }),
    inPeriod(deliveries.updatedAt, filter),
    isFoundBy(access, filter, deliveries.invoiceId),
  );
}
