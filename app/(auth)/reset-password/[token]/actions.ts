'use server';

import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { newPasswordProblem } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { originOf } from '@/lib/audit/request-origin';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { resetPassword } from '@/lib/staff/password-resets';
import { firstSignIn } from '../../first-sign-in';

/** Whoever has a second factor goes on to the sign-in page, where its code is asked for. */
export async function choosePassword(token: string, state: FormState, form: FormData): Promise<FormState> {
  await refuseForeignOrigin();
  const t = await getTranslations('resetPassword');
  const password = textOf(form, 'password');
  const problem = await newPasswordProblem(await getTranslations('formProblem'), password);
  if (problem !== null) return fieldErrors(state, { password: problem });
  const email = await resetPassword(String(token), password, originOf(await headers()));
  if (email === null) return formMessage(state, 'bad', t('gone.text'));
  return firstSignIn(email, password, '/');
}
