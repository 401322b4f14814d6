'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { SignInRefused, signIn } from '@/lib/staff/auth';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { rememberBrowser } from '@/lib/staff/known-browser';
import { safeReturnPath } from '@/lib/staff/return-path';
import { MINUTES } from '@/lib/staff/sign-in-limits';

export async function enter(state: FormState, form: FormData): Promise<FormState> {
  await refuseForeignOrigin();
  const t = await getTranslations('signIn');
  const email = textOf(form, 'email').trim();
  const password = textOf(form, 'password');
  const missing = {
    ...(email === '' ? { email: t('fields.email') } : {}),
    ...(password === '' ? { password: t('fields.password') } : {}),
  };
  if (Object.keys(missing).length > 0) return fieldErrors(state, missing);
  try {
    await signIn('credentials', { email, password, redirect: false });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    return formMessage(state, 'bad', t(error.code, { minutes: MINUTES }));
  }
  await rememberBrowser(email);
  redirect(safeReturnPath(textOf(form, 'next')));
}
