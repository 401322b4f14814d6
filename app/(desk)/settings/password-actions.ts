'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, FRESH_FORM, fieldErrors, textOf } from '@/components/ui/form-state';
import { recordAct } from '@/lib/audit/record';
import { guardAct } from '@/lib/staff/guard';
import { rememberPassword } from '@/lib/staff/recent-password';

/** Before anything is deleted for good. */
export async function confirmForData(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('managePeopleData');
  const t = await getTranslations('retention.password');
  if (!(await rememberPassword(access, textOf(form, 'password')))) return fieldErrors(state, { password: t('wrong') });
  await recordAct(access, { action: 'people.unlocked' });
  revalidatePath('/settings', 'layout');
  return FRESH_FORM;
}
