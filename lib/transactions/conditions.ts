import { and, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { inPeriod } from '@/lib/db/conditions';
import { transactions } from '@/lib/db/schema';
import { inProjects, ofProvider } from '@/lib/projects/scope';
import { isFoundBy } from '@/lib/search/condition';
import type { Access } from '@/lib/staff/access';
import type { TransactionFilter } from './filter';

/** The one condition behind list, counts and totals. */
export function matching(access: Access, filter: TransactionFilter): SQL | undefined {
  const { kind, project, provider, test, min, max } = filter;
  return and(
    inProjects(access, transactions.projectId),
    isFoundBy(access, filter, transactions.invoiceId),
    kind.length > 0 ? inArray(transactions.kind, [...kind]) : undefined,
    project ? eq(transactions.projectId, project) : undefined,
    provider ? ofProvider(transactions.projectId, provider) : undefined,
    // Spelt like the condition of the index that holds the few test rows.
    test === 'only' ? sql`${transactions.isTest}` : test === 'exclude' ? sql`not ${transactions.isTest}` : undefined,
    min ? gte(transactions.amount, min) : undefined,
    max ? lte(transactions.amount, max) : undefined,
    inPeriod(transactions.occurredAt, filter),
  );
}
