'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, FRESH_FORM, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { recordAct } from '@/lib/audit/record';
import { isUuid } from '@/lib/cursor';
import { LONGEST_NAME, MOST_SAVED, removeSaved, saveExport } from '@/lib/exports/saved';
import { isView } from '@/lib/exports/view-names';
import { guardAct } from '@/lib/staff/guard';
import { enterPasswordAgain } from '@/lib/staff/recent-password';
import { MINUTES } from '@/lib/staff/sign-in-limits';

export async function confirmPassword(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('exportPeople');
  const t = await getTranslations('exports.password');
  const outcome = await enterPasswordAgain(access, textOf(form, 'password'));
  if (outcome !== 'right') return fieldErrors(state, { password: t(outcome, { minutes: MINUTES }) });
  await recordAct(access, { action: 'export.people_unlocked' });
  revalidatePath('/exports');
  return FRESH_FORM;
}

const LONGEST_QUERY = 4_000;

export async function saveAsNamed(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('exportFiles');
  const t = await getTranslations('exports.saved');
  const [name, view, query] = ['name', 'view', 'query'].map((field) => textOf(form, field).trim());
  if (!name || name.length > LONGEST_NAME) return fieldErrors(state, { name: t('errors.name') });
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
