'use server';

import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { textOf } from '@/components/ui/form-state';
import { isUuid } from '@/lib/cursor';
import { reopenFailure, resolveFailure } from '@/lib/deliveries/resolutions';
import { MAX_DONE_NOTE, MAX_SELECTED, markDone, markNotDone } from '@/lib/invoices/done-marks';
import { type Access, may } from '@/lib/staff/access';
import { guardAct } from '@/lib/staff/guard';
import type { DoneFormState } from './done-form-state';
import { readDoneItems, readUndo, type SeenWaybill, writeUndo } from './done-items';

/** `one` is the button of a line, `item` what is selected, with a note for all of it; `undo` is put back on the list. */
export async function markAsDone(state: DoneFormState, form: FormData): Promise<DoneFormState> {
  const access = await guardAct('writeNotes');
  return form.has('undo') ? putBack(access, state, form) : mark(access, state, form);
}

async function mark(access: Access, state: DoneFormState, form: FormData): Promise<DoneFormState> {
  const t = await getTranslations('done');
  const told = (tone: 'good' | 'bad', text: string): DoneFormState => ({
    ...state,
    turn: state.turn + 1,
    tone,
    text,
    undo: [],
  });
  const one = textOf(form, 'one');
  const { invoices, waybills } = readDoneItems(one === '' ? form.getAll('item') : [one]);
  const count = invoices.length + waybills.length;
  const id = textOf(form, 'form-id');
  const note = one === '' ? textOf(form, 'done-note') : '';
  if (count === 0 || !isUuid(id)) return told('bad', t('nothing'));
  if (count > MAX_SELECTED) return told('bad', t('tooMany', { most: MAX_SELECTED }));
  const result = await markDone(access, { id, note, seen: invoices });
  if (result.outcome === 'too_long') return told('bad', t('tooLong', { most: MAX_DONE_NOTE }));
  const invoiceIds = result.outcome === 'marked' ? result.marked : [];
  const deliveryIds = await resolveAll(access, waybills, note.trim());
  revalidatePath('/', 'layout');
  const done = invoiceIds.length + deliveryIds.length;
  const sentences = [
    ...(done > 0 ? [t('marked', { count: done })] : []),
    ...(count > done ? [t('left', { count: count - done })] : []),
  ];
  return {
    ...told(done > 0 ? 'good' : 'bad', sentences.join(' ')),
    formId: randomUUID(),
    undo: writeUndo({ invoiceIds, deliveryIds }),
  };
}

/** A failed waybill that is done is a resolved one. */
async function resolveAll(access: Access, waybills: readonly SeenWaybill[], note: string): Promise<readonly string[]> {
  if (!may(access, 'resolveWaybill')) return [];
  const resolved: string[] = [];
  for (const { deliveryId, seen } of waybills)
    if ((await resolveFailure(access, deliveryId, seen, note)) === 'resolved') resolved.push(deliveryId);
  return resolved;
}

async function putBack(access: Access, state: DoneFormState, form: FormData): Promise<DoneFormState> {
  const t = await getTranslations('done');
  const id = textOf(form, 'form-id');
  const { invoiceIds, deliveryIds } = readUndo(form.getAll('undo'));
  let back = isUuid(id) ? (await markNotDone(access, id, invoiceIds)).length : 0;
  if (may(access, 'resolveWaybill')) {
    for (const deliveryId of deliveryIds.slice(0, MAX_SELECTED)) if (await reopenFailure(access, deliveryId)) back += 1;
  }
  revalidatePath('/', 'layout');
  return {
    formId: randomUUID(),
    turn: state.turn + 1,
    tone: back > 0 ? 'good' : 'bad',
    text: back > 0 ? t('back', { count: back }) : t('notDone'),
    undo: [],
  };
}
