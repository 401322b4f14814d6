import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { inPeriod } from '@/lib/db/conditions';
import { invoices, transactions } from '@/lib/db/schema';
import { inProjects, ofProvider } from '@/lib/projects/scope';
import type { ListFilter } from '@/lib/query-string';
import { isFoundBy } from '@/lib/search/condition';
import type { Access } from '@/lib/staff/access';
import type { InvoiceFilter } from './filter';

/** By the date of its movements, so that a list and the sums of a month agree; without any, by its own. */
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
  const { status, project, provider, test, min, max } = filter;
  return and(
    inProjects(access, invoices.projectId),
    isFoundBy(access, filter, invoices.id),
    status.length > 0 ? inArray(invoices.status, [...status]) : undefined,
    project ? eq(invoices.projectId, project) : undefined,
    provider ? ofProvider(invoices.projectId, provider) : undefined,
    // Spelt like the condition of the index that holds the few test rows.
    test === 'only' ? sql`${invoices.isTest}` : test === 'exclude' ? sql`not ${invoices.isTest}` : undefined,
    // In the words of the index on amounts.
    min || max ? sql`${invoices.amount} is not null` : undefined,
    min ? sql`${amountKey} >= ${min}::numeric` : undefined,
    max ? sql`${amountKey} <= ${max}::numeric` : undefined,
  );
}

/** The one condition behind list, counts and totals. */
export function matching(access: Access, filter: InvoiceFilter): SQL | undefined {
  return and(matchingApart(access, filter), moved(filter));
}
