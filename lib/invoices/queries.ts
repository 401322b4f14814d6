import { eq, sql } from 'drizzle-orm';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { databaseFor } from '@/lib/db/client';
import { inOrder, pageOf as pageIn } from '@/lib/db/keyset';
import { invoices, projects } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { inProjects } from '@/lib/projects/scope';
import { isByAmount } from '@/lib/sort';
import { type Access, nameFor } from '@/lib/staff/access';
import type { InvoiceFilter } from './invoice-list';
import { listing } from './listing';

const LISTED_ID = sql`listed.id`;
const LISTED_AT = sql`listed.at`;

const row = {
  id: invoices.id,
  providerInvoiceId: invoices.providerInvoiceId,
  orderId: shownOrder(invoices.orderId),
  status: invoices.status,
  statusRaw: invoices.statusRaw,
  cashOnDelivery: invoices.cashOnDelivery,
  amount: invoices.amount,
  amountUsd: invoices.amountUsd,
  currency: invoices.currency,
  isTest: invoices.isTest,
  attention: invoices.attention,
  customerName: invoices.customerName,
  createdAt: invoices.createdAt,
  paidAt: invoices.paidAt,
  project: projects.name,
  provider: projects.provider,
};

async function selectRows(access: Access, filter: InvoiceFilter) {
  const { orm } = await databaseFor(access);
  const { sort, after } = filter;
  const key = isByAmount(sort) ? invoices.amount : invoices.createdAt;
  const page = pageIn(await listing(access, filter), { sort, after, limit: PAGE + 1 });
  return orm
    .select({ ...row, at: sql<string>`${LISTED_AT}`.mapWith(key) })
    .from(sql`${page} as listed`)
    .innerJoin(invoices, eq(invoices.id, LISTED_ID))
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .orderBy(inOrder(LISTED_AT, LISTED_ID, sort));
}

/** `at` is what the row is sorted by: within a period the time of the transaction by which it lies there. */
export type InvoiceRow = Awaited<ReturnType<typeof selectRows>>[number];

export async function listInvoices(access: Access, filter: InvoiceFilter): Promise<Page<InvoiceRow>> {
  const found = await selectRows(access, filter);
  const shown = found.map((row) => ({ ...row, customerName: nameFor(access, row.customerName) }));
  return pageOf(shown, ({ at, id }) => ({ at, id }));
}

/** Whether there is any invoice at all that this person may see. */
export async function hasInvoices(access: Access): Promise<boolean> {
  const { orm } = await databaseFor(access);
  const rows = await orm
    .select({ id: invoices.id })
    .from(invoices)
    .where(inProjects(access, invoices.projectId))
    .limit(1);
  return rows.length > 0;
}
