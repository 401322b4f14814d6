'use server';

import { redirect } from 'next/navigation';
import { CredentialsSignin } from 'next-auth';
import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { signIn } from '@/lib/staff/auth';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { safeReturnPath } from '@/lib/staff/return-path';

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
    if (!(error instanceof CredentialsSignin)) throw error;
    return formMessage(state, 'bad', t('wrong'));
  }
  redirect(safeReturnPath(textOf(form, 'next')));
}
