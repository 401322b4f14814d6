'use server';

import { redirect } from 'next/navigation';
import { textOf } from '@/components/ui/form-state';
import { auditList } from '@/lib/audit/audit-list';
import { deliveryList } from '@/lib/deliveries/delivery-list';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { type ColumnSet, LIST_NAMES, type ListName } from '@/lib/lists/define-list';
import { columnsOf, DENSITIES, isUsual, TIME_STYLES, withColumns } from '@/lib/lists/layout';
import { postbackList } from '@/lib/postbacks/postback-list';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { rememberedLists, rememberLists } from '@/lib/staff/list-memory';
import { safeReturnPath } from '@/lib/staff/return-path';
import { transactionList } from '@/lib/transactions/transaction-list';

const COLUMNS: Readonly<Record<ListName, ColumnSet>> = {
  invoices: invoiceList.columns,
  transactions: transactionList.columns,
  deliveries: deliveryList.columns,
  postbacks: postbackList.columns,
  audit: auditList.columns,
};

/** Remembers how this browser likes a list, and puts other columns than the usual into the address, for colleagues. */
export async function chooseLists(form: FormData): Promise<void> {
  await refuseForeignOrigin();
  const name = LIST_NAMES.find((one) => one === textOf(form, 'list'));
  if (!name) redirect('/');
  const remembered = await rememberedLists();
  const set = COLUMNS[name];
  const columns = columnsOf(set, form.getAll('columns').map(String));
  const chosen = isUsual(set, columns) ? [] : columns;
  await rememberLists({
    density: DENSITIES.find((one) => one === textOf(form, 'density')) ?? remembered.density,
    times: TIME_STYLES.find((one) => one === textOf(form, 'times')) ?? remembered.times,
    columns: { ...remembered.columns, [name]: chosen },
  });
  redirect(withColumns(safeReturnPath(textOf(form, 'back')), chosen));
}
