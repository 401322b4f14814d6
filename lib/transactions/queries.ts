import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { databaseFor } from '@/lib/db/client';
import { type Counts, countAmongFirst, countEach } from '@/lib/db/counts';
import { type Branch, inOrder, pageOf as pageIn } from '@/lib/db/keyset';
import { invoices, projects, transactions } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { chosenProjects } from '@/lib/projects/chosen';
import { inProjects } from '@/lib/projects/scope';
import { isByAmount } from '@/lib/sort';
import type { Access } from '@/lib/staff/access';
import { matching } from './conditions';
import { TRANSACTION_KINDS, type TransactionKind } from './status';
import { type TransactionFilter, transactionList } from './transaction-list';

/** The kinds that are money received or given back; `expected` is cash on delivery that has not been paid out. */
export const MONEY_KINDS = ['payment', 'top_up', 'refund'] as const;

async function selectTransactions(access: Access, invoiceId: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({ ...getTableColumns(transactions), externalId: shownOrder(transactions.externalId) })
    .from(transactions)
    .where(and(eq(transactions.invoiceId, invoiceId), inProjects(access, transactions.projectId)))
    .orderBy(asc(transactions.occurredAt), asc(transactions.id));
}

export type TransactionRow = Awaited<ReturnType<typeof selectTransactions>>[number];

/** The transactions of one invoice, oldest first. */
export function listTransactionsOf(access: Access, invoiceId: string): Promise<readonly TransactionRow[]> {
  return selectTransactions(access, invoiceId);
}

async function listing(access: Access, filter: TransactionFilter): Promise<readonly Branch[]> {
  const projects = await chosenProjects(access, filter);
  const every: Branch = {
    from: sql`${transactions}`,
    where: matching(access, filter),
    at: isByAmount(filter.sort) ? transactions.amount : transactions.occurredAt,
    id: transactions.id,
  };
  if (projects === null || projects.length === 0) return [every];
  return projects.map((id) => ({ ...every, where: and(eq(transactions.projectId, id), every.where) }));
}

async function selectPage(access: Access, filter: TransactionFilter) {
  const { orm } = await databaseFor(access);
  const { sort, after } = filter;
  const page = pageIn({ lead: await listing(access, filter), rest: [] }, { sort, after, limit: PAGE + 1 });
  return orm
    .select({
      id: transactions.id,
      invoiceId: transactions.invoiceId,
      kind: transactions.kind,
      amount: transactions.amount,
      currency: transactions.currency,
      amountUsd: transactions.amountUsd,
      txHashes: transactions.txHashes,
      externalId: shownOrder(transactions.externalId),
      isTest: transactions.isTest,
      occurredAt: transactions.occurredAt,
      timeSource: transactions.timeSource,
      providerInvoiceId: invoices.providerInvoiceId,
      orderId: shownOrder(invoices.orderId),
      status: invoices.status,
      statusRaw: invoices.statusRaw,
      cashOnDelivery: invoices.cashOnDelivery,
      project: projects.name,
      provider: projects.provider,
    })
    .from(sql`${page} as listed`)
    .innerJoin(transactions, eq(transactions.id, sql`listed.id`))
    .innerJoin(invoices, eq(invoices.id, transactions.invoiceId))
    .innerJoin(projects, eq(projects.id, transactions.projectId))
    .orderBy(inOrder(sql`listed.at`, sql`listed.id`, sort));
}

export type TransactionListRow = Awaited<ReturnType<typeof selectPage>>[number];

/** Transactions of money, each with its invoice. */
export async function listTransactions(access: Access, filter: TransactionFilter): Promise<Page<TransactionListRow>> {
  const found = await selectPage(access, filter);
  const keyOf = isByAmount(filter.sort)
    ? ({ amount }: TransactionListRow) => amount
    : ({ occurredAt }: TransactionListRow) => occurredAt;
  return pageOf(found, (row) => ({ at: keyOf(row), id: row.id }));
}

/** The invoice of one transaction; null when there is none that this person may see. */
export async function findInvoiceOf(access: Access, id: string): Promise<string | null> {
  const { orm } = await databaseFor(access);
  const [row] = await orm
    .select({ invoiceId: transactions.invoiceId })
    .from(transactions)
    .where(and(eq(transactions.id, id), inProjects(access, transactions.projectId)))
    .limit(1);
  return row?.invoiceId ?? null;
}

/** How many there are of each kind, whichever is chosen, no further than a chip tells. */
export async function countKinds(access: Access, filter: TransactionFilter): Promise<Counts<TransactionKind>> {
  const every: TransactionFilter = { ...filter, kind: [], sort: 'newest' };
  const branches = await listing(access, every);
  if (isNarrowed(every) || access.projects !== 'all') {
    return countAmongFirst(access, TRANSACTION_KINDS, branches, transactions.kind);
  }
  return countEach(access, TRANSACTION_KINDS, (kind) => {
    return branches.map((branch) => ({ ...branch, where: and(eq(transactions.kind, kind), branch.where) }));
  });
}

/** Whether anything but the period is chosen, which the index of kinds knows. */
function isNarrowed(filter: TransactionFilter): boolean {
  return transactionList.isFiltered({ ...filter, from: null, to: null });
}

/** Whether any money moved at all that this person may see. */
export async function hasTransactions(access: Access): Promise<boolean> {
  const { orm } = await databaseFor(access);
  const rows = await orm
    .select({ id: transactions.id })
    .from(transactions)
    .where(inProjects(access, transactions.projectId))
    .limit(1);
  return rows.length > 0;
}
