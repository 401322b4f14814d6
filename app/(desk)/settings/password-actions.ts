'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { passwordProblem } from '@/app/form-problems';
import { type FormState, FRESH_FORM, fieldErrors, textOf } from '@/components/ui/form-state';
import { recordAct } from '@/lib/audit/record';
import { guardAct } from '@/lib/staff/guard';
import { enterPasswordAgain } from '@/lib/staff/recent-password';

/** Before anything is deleted for good. */
export async function confirmForData(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('managePeopleData');
  const t = await getTranslations('formProblem');
  const problem = await passwordProblem(t, textOf(form, 'password'), (entered) => enterPasswordAgain(access, entered));
  if (problem !== null) return fieldErrors(state, { password: problem });
  await recordAct(access, { action: 'people.unlocked' });
  revalidatePath('/settings', 'layout');
  return FRESH_FORM;
}
