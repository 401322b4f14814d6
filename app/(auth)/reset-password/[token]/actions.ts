'use server';

import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { originOf } from '@/lib/audit/request-origin';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { resetPassword } from '@/lib/staff/password-resets';
import { isUsablePassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from '@/lib/staff/passwords';
import { firstSignIn } from '../../first-sign-in';

/** Whoever has a second factor goes on to the sign-in page, where its code is asked for. */
export async function choosePassword(token: string, state: FormState, form: FormData): Promise<FormState> {
  await refuseForeignOrigin();
  const t = await getTranslations('resetPassword');
  const password = textOf(form, 'password');
  if (!isUsablePassword(password)) {
    return fieldErrors(state, { password: t('errors.password', { least: SHORTEST_PASSWORD, most: LONGEST_PASSWORD }) });
  }
  const email = await resetPassword(String(token), password, originOf(await headers()));
  if (email === null) return formMessage(state, 'bad', t('gone.text'));
  return firstSignIn(email, password, '/');
}
