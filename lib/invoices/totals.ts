import { and, inArray, type SQL, sql } from 'drizzle-orm';
import { invoices, transactions } from '@/lib/db/schema';
import { isNarrow } from '@/lib/period';
import type { Access } from '@/lib/staff/access';
import { matching as matchingTransactions } from '@/lib/transactions/conditions';
import { sumMoney, type Total } from '@/lib/transactions/totals';
import { matchingApart } from './conditions';
import type { InvoiceFilter } from './invoice-list';

/**
 * Money received by the matching invoices within the period, a line per unit; never test money. As with transactions:
 * of a period of at most about a month, or of a list that fits one page (`only`); null for anything larger.
 */
export async function sumReceived(
  access: Access,
  filter: InvoiceFilter,
  only: readonly string[] | null = null,
): Promise<readonly Total[] | null> {
  if (only === null && !isNarrow(filter)) return null;
  if (only?.length === 0) return [];
  const test = filter.test === 'exclude' ? 'include' : filter.test;
  const moved = matchingTransactions(access, { ...filter, kind: [], test, min: null, max: null });
  if (only) return sumMoney(access, and(moved, inArray(transactions.invoiceId, [...only])));
  return sumMoney(access, moved, ofChosenInvoices(access, filter));
}

/** What transactions know themselves is not asked of their invoices again. */
function ofChosenInvoices(access: Access, filter: InvoiceFilter): SQL | undefined {
  if (filter.status.length === 0 && !filter.min && !filter.max) return undefined;
  const chosen = matchingApart(access, { ...filter, q: '', test: 'include' });
  // `offset 0` has each looked up by its id, where the planner would gather every invoice of the status first.
  return sql`exists (select 1 from ${invoices} where ${invoices.id} = moved.invoice_id and ${chosen} offset 0)`;
}
