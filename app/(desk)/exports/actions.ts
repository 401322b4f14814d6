'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { nameProblem, passwordProblem } from '@/app/form-problems';
import { type FormState, FRESH_FORM, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { recordAct } from '@/lib/audit/record';
import { isUuid } from '@/lib/cursor';
import { LONGEST_NAME, MOST_SAVED, removeSaved, saveExport } from '@/lib/exports/saved';
import { isView } from '@/lib/exports/view-names';
import { guardAct } from '@/lib/staff/guard';
import { enterPasswordAgain } from '@/lib/staff/recent-password';

export async function confirmPassword(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('exportPeople');
  const words = await getTranslations('formProblem');
  const problem = await passwordProblem(words, textOf(form, 'password'), (entered) =>
    enterPasswordAgain(access, entered),
  );
  if (problem !== null) return fieldErrors(state, { password: problem });
  await recordAct(access, { action: 'export.people_unlocked' });
  revalidatePath('/exports');
  return FRESH_FORM;
}

const LONGEST_QUERY = 4_000;

export async function saveAsNamed(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('exportFiles');
  const t = await getTranslations('exports.saved');
  const [name = '', view, query] = ['name', 'view', 'query'].map((field) => textOf(form, field).trim());
  const problem = nameProblem(await getTranslations('formProblem'), name, LONGEST_NAME);
  if (problem !== null) return fieldErrors(state, { name: problem });
  if (view === undefined || !isView(view) || query === undefined || query.length > LONGEST_QUERY) return FRESH_FORM;
  const saved = await saveExport(access, { name, view, query, monthly: form.get('monthly') === 'yes' });
  if (!saved) return formMessage(state, 'bad', t('errors.many', { most: MOST_SAVED }));
  revalidatePath('/exports');
  return formMessage(state, 'good', t('done'));
}

export async function removeNamed(form: FormData): Promise<void> {
  const access = await guardAct('exportFiles');
  const id = textOf(form, 'id');
  if (isUuid(id)) await removeSaved(access, id);
  revalidatePath('/exports');
}
