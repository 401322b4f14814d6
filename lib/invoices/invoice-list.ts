import { defineList, type FilterOf } from '@/lib/lists/define-list';
import { amountFilter, testFilter, wordsFilter } from '@/lib/lists/filter-kinds';
import { SORTS } from '@/lib/sort';
import { INVOICE_STATUSES } from './status';

export const invoiceList = defineList({
  name: 'invoices',
  path: '/invoices',
  filters: {
    status: wordsFilter(INVOICE_STATUSES),
    min: amountFilter,
    max: amountFilter,
    test: testFilter,
  },
  sorts: SORTS,
  columns: {
    all: ['time', 'order', 'invoice', 'customer', 'project', 'provider', 'status', 'word', 'paid', 'usd', 'amount'],
    usual: ['time', 'order', 'invoice', 'customer', 'project', 'status', 'amount'],
    fixed: 'order',
    people: 'customer',
  },
});

/** The invoices that a list, its counts, its totals and its file are about. */
export type InvoiceFilter = FilterOf<typeof invoiceList>;
