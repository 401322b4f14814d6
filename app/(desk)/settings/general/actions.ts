'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { passwordProblem } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { guardAct } from '@/lib/staff/guard';
import { enterPasswordAgain, hasRecentPassword } from '@/lib/staff/recent-password';
import { setTimeZone } from '@/lib/staff/time-zone';
import { readZone } from '@/lib/zone';

/** The password is part of the form where it was not entered within the last minutes. */
export async function changeTimeZone(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('changeSettings');
  const t = await getTranslations('general.timeZone');
  const words = await getTranslations('formProblem');
  const entered = textOf(form, 'timeZone').trim();
  const zone = readZone(entered);
  if (zone === null)
    return fieldErrors(state, { timeZone: entered === '' ? words('timeZoneEmpty') : t('errors.zone') });
  if (!(await hasRecentPassword(access))) {
    const problem = await passwordProblem(words, textOf(form, 'password'), (text) => enterPasswordAgain(access, text));
    if (problem !== null) return fieldErrors(state, { password: problem });
  }
  await setTimeZone(access, zone);
  revalidatePath('/', 'layout');
  return formMessage(state, 'good', t('saved', { zone }));
}
