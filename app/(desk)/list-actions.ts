'use server';

import { redirect } from 'next/navigation';
import { textOf } from '@/components/ui/form-state';
import { COLUMN_SETS, columnsOf, isUsual } from '@/lib/list-columns';
import { DENSITIES, LIST_VIEWS, TIME_STYLES, withColumns } from '@/lib/list-layout';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { rememberedLists, rememberLists } from '@/lib/staff/list-memory';
import { safeReturnPath } from '@/lib/staff/return-path';

/** Remembers how this browser likes a list, and puts other columns than the usual into the address, for colleagues. */
export async function chooseLists(form: FormData): Promise<void> {
  await refuseForeignOrigin();
  const view = LIST_VIEWS.find((one) => one === textOf(form, 'view'));
  if (!view) redirect('/');
  const remembered = await rememberedLists();
  const set = COLUMN_SETS[view];
  const columns = columnsOf(set, form.getAll('columns').map(String));
  const chosen = isUsual(set, columns) ? [] : columns;
  await rememberLists({
    density: DENSITIES.find((one) => one === textOf(form, 'density')) ?? remembered.density,
    times: TIME_STYLES.find((one) => one === textOf(form, 'times')) ?? remembered.times,
    columns: { ...remembered.columns, [view]: chosen },
  });
  redirect(withColumns(safeReturnPath(textOf(form, 'back')), chosen));
}
