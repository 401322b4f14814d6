import { type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { getDatabase } from '@/lib/db/client';
import { inPeriod } from '@/lib/db/conditions';
import { invoices, transactions } from '@/lib/db/schema';
import type { InvoiceFilter } from './invoice-list';

/** So many ids are gathered and sorted at once. */
const FEW = 10_000;

const own = alias(invoices, 'own');
const other = alias(transactions, 'other');

/** Whether few enough rows lie in the period to gather them all. */
export async function holdsFew(filter: InvoiceFilter): Promise<boolean> {
  const { orm } = await getDatabase();
  const moved = sql`select 1 from ${transactions} where ${inPeriod(transactions.occurredAt, filter)}
    order by ${transactions.occurredAt} desc limit ${FEW}`;
  const still = sql`select 1 from ${invoices} ${own} where ${inPeriod(own.createdAt, filter)} and ${own.paidAt} is null
    order by ${own.createdAt} desc limit ${FEW}`;
  const [found] = await orm
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`((${moved}) union all (${still})) as found`);
  return (found?.count ?? 0) < FEW;
}

/** Invoices that lie in the period: one of their transactions does or, where they have none, their creation. */
export function within(filter: InvoiceFilter): SQL {
  const moves = sql`select ${transactions.invoiceId} from ${transactions} where ${inPeriod(transactions.occurredAt, filter)}`;
  const still = sql`select ${own.id} from ${invoices} ${own} where ${inPeriod(own.createdAt, filter)}
    and ${own.paidAt} is null and not exists (select 1 from ${transactions} ${other} where ${other.invoiceId} = ${own.id})`;
  return sql`${invoices.id} in (${moves} union all ${still})`;
}
