import { and, inArray, or, type SQL, sql } from 'drizzle-orm';
import { inPeriod } from '@/lib/db/conditions';
import { invoices, transactions } from '@/lib/db/schema';
import { filterCondition, testCondition } from '@/lib/lists/conditions';
import { inProjects } from '@/lib/projects/scope';
import type { ListFilter } from '@/lib/query-string';
import { isFoundBy } from '@/lib/search/condition';
import type { Access } from '@/lib/staff/access';
import { type InvoiceFilter, invoiceList } from './invoice-list';

/** By the date of its transactions, so that a list and the sums of a month agree; without any, by its own. */
function moved(filter: ListFilter): SQL | undefined {
  if (!filter.from && !filter.to) return undefined;
  const own = sql`select 1 from ${transactions} where ${transactions.invoiceId} = ${invoices.id}`;
  return or(
    sql`exists (${own} and ${inPeriod(transactions.occurredAt, filter)})`,
    and(sql`not exists (${own})`, inPeriod(invoices.createdAt, filter)),
  );
}

/** What an invoice is sorted by where amounts count; one that has none stands with the smallest. */
export const amountKey: SQL = sql`coalesce(${invoices.amount}, 0)`;

/** Everything but the period. */
export function matchingApart(access: Access, filter: InvoiceFilter): SQL | undefined {
  return and(
    inProjects(access, invoices.projectId),
    isFoundBy(access, filter, invoices.id),
    filterCondition(invoiceList, filter, {
      projectId: invoices.projectId,
      filters: {
        status: (status) => inArray(invoices.status, [...status]),
        test: testCondition(invoices.isTest),
        // In the words of the index on amounts.
        min: (min) => sql`${invoices.amount} is not null and ${amountKey} >= ${min}::numeric`,
        max: (max) => sql`${invoices.amount} is not null and ${amountKey} <= ${max}::numeric`,
      },
    }),
  );
}

/** The one condition behind list, counts and totals. */
export function matching(access: Access, filter: InvoiceFilter): SQL | undefined {
  return and(matchingApart(access, filter), moved(filter));
}
