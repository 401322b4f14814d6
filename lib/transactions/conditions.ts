import { and, gte, inArray, lte, type SQL } from 'drizzle-orm';
import { inPeriod } from '@/lib/db/conditions';
import { transactions } from '@/lib/db/schema';
import { filterCondition, testCondition } from '@/lib/lists/conditions';
import { inProjects } from '@/lib/projects/scope';
import { isFoundBy } from '@/lib/search/condition';
import type { Access } from '@/lib/staff/access';
import { type TransactionFilter, transactionList } from './transaction-list';

/** The one condition behind list, counts, totals and file. */
export function matching(access: Access, filter: TransactionFilter): SQL | undefined {
  return and(
    inProjects(access, transactions.projectId),
    isFoundBy(access, filter, transactions.invoiceId),
    filterCondition(transactionList, filter, {
      projectId: transactions.projectId,
      filters: {
        kind: (kind) => inArray(transactions.kind, [...kind]),
        test: testCondition(transactions.isTest),
        min: (min) => gte(transactions.amount, min),
        max: (max) => lte(transactions.amount, max),
      },
    }),
    inPeriod(transactions.occurredAt, filter),
  );
}
