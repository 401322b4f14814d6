'use server';

import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { isUuid } from '@/lib/cursor';
import { addNote, LONGEST_NOTE, type NoteAdded } from '@/lib/invoices/notes';
import { revealPerson } from '@/lib/invoices/people';
import { revealUnmappedField } from '@/lib/invoices/unmapped-fields';
import { markCashReceived } from '@/lib/postbacks/cash-receipt';
import { PEOPLE_FIELDS } from '@/lib/providers/provider';
import { guardAct } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { clip, visible } from '@/lib/visible';
import type { NoteState } from './note-form';

/** One value of one person, written to the audit log before it is shown; null: there is none to be seen. */
export async function reveal(invoiceId: string, field: string): Promise<string | null> {
  const access = await guardAct('seePeople');
  const known = PEOPLE_FIELDS.find((name) => name === field);
  const id = String(invoiceId);
  if (!known || !isUuid(id)) return null;
  const value = await revealPerson(access, id, known);
  return value === null ? null : visible(clip(value, 300));
}

/** One masked line of what was sent beyond all we understand, written to the audit log before it is shown. */
export async function revealField(invoiceId: string, postbackId: string, pointer: string): Promise<string | null> {
  const access = await guardAct('seePeople');
  const [invoice, postback] = [String(invoiceId), String(postbackId)];
  if (!isUuid(invoice) || !isUuid(postback)) return null;
  return revealUnmappedField(access, invoice, postback, String(pointer));
}

export async function writeNote(invoiceId: string, state: NoteState, form: FormData): Promise<NoteState> {
  const access = await guardAct('writeNotes');
  const [id, invoice, text] = [textOf(form, 'note-id'), String(invoiceId), textOf(form, 'note')];
  const outcome =
    isUuid(id) && isUuid(invoice) ? await addNote(access, { id, invoiceId: invoice, text }) : 'no_invoice';
  if (outcome === 'added' || outcome === 'known') revalidatePath(`/invoices/${invoice}`);
  return answerOf(state, outcome, text);
}

/** The cash of a parcel arrived on a day of the deployment's zone. */
export async function markCash(invoiceId: string, state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('markCashReceived');
  const id = String(invoiceId);
  if (!isUuid(id)) notFound();
  const zone = await getTimeZone();
  const outcome = await markCashReceived(access, id, { date: textOf(form, 'cash-date'), zone });
  if (outcome === 'none') notFound();
  const t = await getTranslations('invoicePage.cashReceipt');
  if (outcome === 'bad_date') return fieldErrors(state, { 'cash-date': t('bad_date') });
  revalidatePath('/', 'layout');
  return formMessage(state, outcome === 'not_expected' ? 'bad' : 'good', t(outcome));
}

/** What was not stored keeps its id, so that sending it again is still one note. */
async function answerOf(state: NoteState, outcome: NoteAdded, text: string): Promise<NoteState> {
  const t = await getTranslations('invoicePage.note');
  if (outcome === 'empty') return { ...state, form: fieldErrors(state.form, { note: t('empty') }) };
  if (outcome === 'too_long') {
    const words = await getTranslations('formProblem');
    const sentence = words('noteLong', { most: LONGEST_NOTE, count: text.length });
    return { ...state, form: fieldErrors(state.form, { note: sentence }) };
  }
  if (outcome === 'no_invoice') return { ...state, form: formMessage(state.form, 'bad', t('failed')) };
  return { noteId: randomUUID(), form: formMessage(state.form, 'good', t('added')) };
}
