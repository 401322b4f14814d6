import { and, asc, eq } from 'drizzle-orm';
import { getDatabase } from '@/lib/db/client';
import { transactions } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';

/** The kinds that are money received or given back; `expected` is cash that a courier has yet to collect. */
export const MONEY_KINDS = ['payment', 'top_up', 'refund'] as const;

async function selectTransactions(access: Access, invoiceId: string) {
  const { orm } = await getDatabase();
  return orm
    .select()
    .from(transactions)
    .where(and(eq(transactions.invoiceId, invoiceId), inProjects(access, transactions.projectId)))
    .orderBy(asc(transactions.occurredAt), asc(transactions.id));
}

export type TransactionRow = Awaited<ReturnType<typeof selectTransactions>>[number];

/** The movements of one invoice, oldest first. */
export function listTransactionsOf(access: Access, invoiceId: string): Promise<readonly TransactionRow[]> {
  return selectTransactions(access, invoiceId);
}
