import { and, eq, gte, inArray, lte, or, type SQL, sql } from 'drizzle-orm';
import { inPeriod } from '@/lib/db/conditions';
import { invoices, projects, transactions } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
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

/** The one condition behind list, counts and totals. */
export function matching(access: Access, filter: InvoiceFilter): SQL | undefined {
  return and(
    inProjects(access, invoices.projectId),
    isFoundBy(access, filter.q, invoices.id),
    filter.status.length > 0 ? inArray(invoices.status, [...filter.status]) : undefined,
    filter.project ? eq(invoices.projectId, filter.project) : undefined,
    filter.provider ? eq(projects.provider, filter.provider) : undefined,
    filter.test === 'include' ? undefined : eq(invoices.isTest, filter.test === 'only'),
    filter.min ? gte(invoices.amount, filter.min) : undefined,
    filter.max ? lte(invoices.amount, filter.max) : undefined,
    moved(filter),
  );
}
