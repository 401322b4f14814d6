'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { guardAct } from '@/lib/staff/guard';
import { enterPasswordAgain, hasRecentPassword } from '@/lib/staff/recent-password';
import { MINUTES } from '@/lib/staff/sign-in-limits';
import { setTimeZone } from '@/lib/staff/time-zone';
import { readZone } from '@/lib/zone';

/** The password is part of the form where it was not entered within the last minutes. */
export async function changeTimeZone(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('changeSettings');
  const t = await getTranslations('general.timeZone');
  const zone = readZone(textOf(form, 'timeZone'));
  if (zone === null) return fieldErrors(state, { timeZone: t('errors.zone') });
  if (!(await hasRecentPassword(access))) {
    const outcome = await enterPasswordAgain(access, textOf(form, 'password'));
    if (outcome !== 'right') return fieldErrors(state, { password: t(`errors.${outcome}`, { minutes: MINUTES }) });
  }
  await setTimeZone(access, zone);
  revalidatePath('/', 'layout');
  return formMessage(state, 'good', t('saved', { zone }));
}
