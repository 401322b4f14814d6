import { type Counts, countAmongFirst, countEach } from '@/lib/db/counts';
import { invoices } from '@/lib/db/schema';
import type { Access } from '@/lib/staff/access';
import { type InvoiceFilter, invoiceList } from './invoice-list';
import { candidates } from './listing';
import { INVOICE_STATUSES, type InvoiceStatus } from './status';

/** How many there are of each status, whichever is chosen, no further than a chip tells. */
export async function countStatuses(access: Access, filter: InvoiceFilter): Promise<Counts<InvoiceStatus>> {
  const every: InvoiceFilter = { ...filter, status: [], sort: 'newest' };
  if (invoiceList.isFiltered(every) || access.projects !== 'all') {
    return countAmongFirst(access, INVOICE_STATUSES, await candidates(access, every), invoices.status);
  }
  const branches = await Promise.all(
    INVOICE_STATUSES.map(async (status) => [status, await candidates(access, { ...every, status: [status] })] as const),
  );
  const of = new Map(branches);
  return countEach(access, INVOICE_STATUSES, (status) => of.get(status) ?? []);
}
