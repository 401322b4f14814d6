import { and, count, desc, eq, inArray, sum } from 'drizzle-orm';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { getDatabase } from '@/lib/db/client';
import { below, inPeriod } from '@/lib/db/conditions';
import { invoices, projects, transactions } from '@/lib/db/schema';
import { maskName } from '@/lib/people';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
import { MONEY_KINDS } from '@/lib/transactions/queries';
import { matching } from './conditions';
import type { InvoiceFilter } from './filter';

/** Beyond this, chips show no numbers: counting exactly would cost more than it tells. */
const COUNTED = 100_000;

const row = {
  id: invoices.id,
  providerInvoiceId: invoices.providerInvoiceId,
  orderId: invoices.orderId,
  status: invoices.status,
  statusRaw: invoices.statusRaw,
  amount: invoices.amount,
  currency: invoices.currency,
  isTest: invoices.isTest,
  attention: invoices.attention,
  customerName: invoices.customerName,
  createdAt: invoices.createdAt,
  project: projects.name,
  provider: projects.provider,
};

async function selectRows(access: Access, filter: InvoiceFilter) {
  const { orm } = await getDatabase();
  return orm
    .select(row)
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(and(matching(access, filter), below(invoices.createdAt, invoices.id, filter.after)))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(PAGE + 1);
}

export type InvoiceRow = Awaited<ReturnType<typeof selectRows>>[number];

/** Newest first. */
export async function listInvoices(access: Access, filter: InvoiceFilter): Promise<Page<InvoiceRow>> {
  const found = await selectRows(access, filter);
  const shown = found.map((row) => ({ ...row, customerName: customerFor(access, row.customerName) }));
  return pageOf(shown, ({ createdAt, id }) => ({ at: createdAt, id }));
}

function customerFor(access: Access, name: string | null): string | null {
  if (name === null || !may(access, 'seePeople')) return null;
  return may(access, 'seePeopleUnmasked') ? name : maskName(name);
}

/** How many there are of each status, whichever is chosen; null where there are too many to count. */
export async function countStatuses(
  access: Access,
  filter: InvoiceFilter,
): Promise<ReadonlyMap<string, number> | null> {
  const { orm } = await getDatabase();
  const some = orm
    .select({ status: invoices.status })
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(matching(access, { ...filter, status: [] }))
    .limit(COUNTED + 1)
    .as('some');
  const counts = await orm.select({ status: some.status, count: count() }).from(some).groupBy(some.status);
  const total = counts.reduce((before, { count }) => before + Number(count), 0);
  return total > COUNTED ? null : new Map(counts.map(({ status, count }) => [status, Number(count)]));
}

export interface Total {
  readonly currency: string | null;
  readonly amount: string;
}

/** Money received by the matching invoices within the period, a line per currency; never test money. */
export async function sumReceived(access: Access, filter: InvoiceFilter): Promise<readonly Total[]> {
  const { orm } = await getDatabase();
  const rows = await orm
    .select({ currency: transactions.currency, amount: sum(transactions.amount) })
    .from(transactions)
    .innerJoin(invoices, eq(invoices.id, transactions.invoiceId))
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(
      and(
        matching(access, filter),
        eq(transactions.isTest, false),
        inArray(transactions.kind, [...MONEY_KINDS]),
        inPeriod(transactions.occurredAt, filter),
      ),
    )
    .groupBy(transactions.currency)
    .orderBy(transactions.currency);
  return rows.map(({ currency, amount }) => ({ currency, amount: amount ?? '0' }));
}

/** Whether there is any invoice at all that this person may see. */
export async function hasInvoices(access: Access): Promise<boolean> {
  const { orm } = await getDatabase();
  const rows = await orm
    .select({ id: invoices.id })
    .from(invoices)
    .where(inProjects(access, invoices.projectId))
    .limit(1);
  return rows.length > 0;
}
