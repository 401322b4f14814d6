'use server';

import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { textOf } from '@/components/ui/form-state';
import { isUuid } from '@/lib/cursor';
import { MAX_DONE_NOTE, MAX_SELECTED, markDone, markNotDone, readSeen } from '@/lib/invoices/done-marks';
import type { Access } from '@/lib/staff/access';
import { guardAct } from '@/lib/staff/guard';
import type { DoneFormState } from './done-form-state';

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
  const items = one === '' ? form.getAll('item') : [one];
  const seen = items.flatMap((item) => (typeof item === 'string' ? (readSeen(item) ?? []) : []));
  const id = textOf(form, 'form-id');
  if (seen.length === 0 || !isUuid(id)) return told('bad', t('nothing'));
  const result = await markDone(access, { id, note: one === '' ? textOf(form, 'done-note') : '', seen });
  if (result.outcome === 'too_long') return told('bad', t('tooLong', { most: MAX_DONE_NOTE }));
  if (result.outcome === 'too_many') return told('bad', t('tooMany', { most: MAX_SELECTED }));
  revalidatePath('/', 'layout');
  const { marked } = result;
  const left = seen.length - marked.length;
  const sentences = [
    ...(marked.length > 0 ? [t('marked', { count: marked.length })] : []),
    ...(left > 0 ? [t('left', { count: left })] : []),
  ];
  return { ...told(marked.length > 0 ? 'good' : 'bad', sentences.join(' ')), formId: randomUUID(), undo: marked };
}

async function putBack(access: Access, state: DoneFormState, form: FormData): Promise<DoneFormState> {
  const t = await getTranslations('done');
  const id = textOf(form, 'form-id');
  const ids = form.getAll('undo').flatMap((value) => (typeof value === 'string' && isUuid(value) ? [value] : []));
  const back = isUuid(id) ? await markNotDone(access, id, ids) : [];
  revalidatePath('/', 'layout');
  const text = back.length > 0 ? t('back', { count: back.length }) : t('notDone');
  return {
    formId: randomUUID(),
    turn: state.turn + 1,
    tone: back.length > 0 ? 'good' : 'bad',
    text,
    undo: [],
  };
}
