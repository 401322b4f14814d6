import { and, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { inPeriod } from '@/lib/db/conditions';
import type { Branch, Listing } from '@/lib/db/keyset';
import { invoices, transactions } from '@/lib/db/schema';
import { chosenProjects } from '@/lib/projects/chosen';
import { isAscending, isByAmount } from '@/lib/sort';
import type { Access } from '@/lib/staff/access';
import { matching as matchingTransactions } from '@/lib/transactions/conditions';
import { amountKey, matching, matchingApart } from './conditions';
import { holdsFew, within } from './in-period';
import type { InvoiceFilter } from './invoice-list';
import { type InvoiceStatus, MOVED_STATUSES } from './status';

const other = alias(transactions, 'other');

/**
 * The matching invoices with what sorts them: the creation, the amount or, within a period, the transaction by which the
 * invoice lies in it (one without transactions: its creation). So each branch reads one index in order, however long the
 * period is and however many rows there are.
 */
export async function listing(access: Access, filter: InvoiceFilter): Promise<Listing> {
  const projects = await chosenProjects(access, filter);
  const inTime = hasPeriod(filter);
  if (!inTime || isByAmount(filter.sort)) {
    const narrowed = inTime ? await inPeriodByAmount(access, filter) : undefined;
    return { lead: eachProject(projects, (id) => plain(access, filter, id, narrowed)), rest: [] };
  }
  const withTransactions = eachProject(projects, (id) => moved(access, filter, id));
  const without = eachProject(projects, (id) => unmoved(access, filter, id));
  return hasMovedAsARule(filter)
    ? { lead: withTransactions, rest: without }
    : { lead: without, rest: withTransactions };
}

/**
 * All that lies in the list, within a period an invoice once for each of its transactions there. A range of amounts over
 * all projects in the order of amounts, whose index leads to it: those who count stop after some, and need not read past
 * all others.
 */
export async function candidates(access: Access, filter: InvoiceFilter): Promise<readonly Branch[]> {
  const projects = await chosenProjects(access, filter);
  const sort = projects === null && filter.min && filter.max ? 'largest' : filter.sort;
  if (!hasPeriod(filter)) return eachProject(projects, (id) => plain(access, { ...filter, sort }, id));
  return [
    ...eachProject(projects, (id) => transactionRows(access, filter, id)),
    ...eachProject(projects, (id) => unmoved(access, filter, id)),
  ];
}

export function hasPeriod({ from, to }: InvoiceFilter): boolean {
  return from !== null || to !== null;
}

/** Which of the two the chosen statuses are mostly among: a full page of those leaves little to look for in the other. */
function hasMovedAsARule({ status }: InvoiceFilter): boolean {
  return status.length === 0 || status.some((word: InvoiceStatus) => MOVED_STATUSES.includes(word));
}

function eachProject(ids: readonly string[] | null, branchOf: (id: string | null) => Branch): readonly Branch[] {
  return ids === null || ids.length === 0 ? [branchOf(null)] : ids.map(branchOf);
}

function ofProject(id: string | null): SQL | undefined {
  return id === null ? undefined : eq(invoices.projectId, id);
}

function plain(access: Access, filter: InvoiceFilter, project: string | null, narrowed?: SQL): Branch {
  return {
    from: sql`${invoices}`,
    where: and(ofProject(project), matchingApart(access, filter), narrowed),
    at: isByAmount(filter.sort) ? amountKey : invoices.createdAt,
    id: invoices.id,
  };
}

/** A short period is gathered first; in a long one the index of amounts meets enough of it. */
async function inPeriodByAmount(access: Access, filter: InvoiceFilter): Promise<SQL | undefined> {
  return (await holdsFew(filter)) ? within(filter) : matching(access, filter);
}

/** What a transaction knows of its invoice is asked of the transaction, where indexes can use it. */
function transactionRows(access: Access, filter: InvoiceFilter, project: string | null): Branch {
  return {
    from: sql`${transactions} join ${invoices} on ${invoices.id} = ${transactions.invoiceId}`,
    where: and(
      project === null ? undefined : eq(transactions.projectId, project),
      matchingTransactions(access, { ...filter, q: '', kind: [], min: null, max: null }),
      matchingApart(access, { ...filter, project: null, provider: null, test: 'include' }),
    ),
    at: transactions.occurredAt,
    id: invoices.id,
  };
}

/** By its latest transaction in the period, read from the oldest on by its first. */
function moved(access: Access, filter: InvoiceFilter, project: string | null): Branch {
  const all = transactionRows(access, filter, project);
  const sign = isAscending(filter.sort) ? sql`<` : sql`>`;
  const same = sql`${other.invoiceId} = ${transactions.invoiceId} and ${inPeriod(other.occurredAt, filter)}`;
  const nearer = sql`(${other.occurredAt}, ${other.id}) ${sign} (${transactions.occurredAt}, ${transactions.id})`;
  const nearest = sql`not exists (select 1 from ${transactions} ${other} where ${same} and ${nearer})`;
  return { ...all, where: and(all.where, nearest) };
}

/** `paid_at` is that of a transaction, so one that has it need not be looked up. */
function unmoved(access: Access, filter: InvoiceFilter, project: string | null): Branch {
  return {
    from: sql`${invoices}`,
    where: and(
      ofProject(project),
      inPeriod(invoices.createdAt, filter),
      sql`${invoices.paidAt} is null`,
      matchingApart(access, filter),
      sql`not exists (select 1 from ${transactions} ${other} where ${other.invoiceId} = ${invoices.id})`,
    ),
    at: invoices.createdAt,
    id: invoices.id,
  };
}
