'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { isUuid } from '@/lib/cursor';
import { LONGEST_NOTE, reopenFailure, resolveFailure } from '@/lib/deliveries/resolutions';
import { guardAct } from '@/lib/staff/guard';
import { noteField } from './note-field';

/** `seen` names the failures that were on the screen. */
export async function resolve(deliveryId: string, seen: string, state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('resolveWaybill');
  if (!isUuid(deliveryId)) notFound();
  const t = await getTranslations('waybills.resolve');
  const field = noteField(deliveryId);
  const note = textOf(form, field).trim();
  if (note === '') return fieldErrors(state, { [field]: t('empty') });
  if (note.length > LONGEST_NOTE) {
    const words = await getTranslations('formProblem');
    return fieldErrors(state, { [field]: words('noteLong', { most: LONGEST_NOTE, count: note.length }) });
  }
  const outcome = await resolveFailure(access, deliveryId, seen, note);
  if (outcome === 'none') notFound();
  revalidatePath('/', 'layout');
  if (outcome === 'resolved') return formMessage(state, 'good', t('saved'));
  return formMessage(state, 'bad', t(outcome));
}

export async function reopen(deliveryId: string, state: FormState): Promise<FormState> {
  const access = await guardAct('resolveWaybill');
  if (!isUuid(deliveryId)) notFound();
  const t = await getTranslations('waybills.resolve');
  const reopened = await reopenFailure(access, deliveryId);
  revalidatePath('/', 'layout');
  return reopened ? formMessage(state, 'good', t('reopened')) : formMessage(state, 'bad', t('notResolved'));
}
