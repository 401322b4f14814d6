'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { wrongFields } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { SignInRefused, signIn } from '@/lib/staff/auth';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { rememberBrowser } from '@/lib/staff/known-browser';
import { safeReturnPath } from '@/lib/staff/return-path';
import { dropTicket, keepTicket, keptTicket, readTicket } from '@/lib/staff/second-step';
import { MINUTES } from '@/lib/staff/sign-in-limits';

export async function enter(state: FormState, form: FormData): Promise<FormState> {
  await refuseForeignOrigin();
  const t = await getTranslations('signIn');
  const email = textOf(form, 'email').trim();
  const password = textOf(form, 'password');
  const words = await getTranslations('formProblem');
  const missing = wrongFields({
    email: email === '' ? words('emailEmpty') : null,
    password: password === '' ? words('passwordEmpty') : null,
  });
  if (missing) return fieldErrors(state, missing);
  try {
    await signIn('credentials', { email, password, redirect: false });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    if (error.code === 'code_needed') return toSecondStep(error.ticket, textOf(form, 'next'));
    return formMessage(state, 'bad', t(error.code, { minutes: MINUTES }));
  }
  await rememberBrowser(email);
  redirect(safeReturnPath(textOf(form, 'next')));
}

async function toSecondStep(ticket: string, next: string): Promise<never> {
  await keepTicket(ticket);
  redirect(`/sign-in/code?${new URLSearchParams({ next: safeReturnPath(next) })}`);
}

export async function enterCode(state: FormState, form: FormData): Promise<FormState> {
  await refuseForeignOrigin();
  const t = await getTranslations('signIn');
  const code = textOf(form, 'code').trim();
  if (code === '') return fieldErrors(state, { code: (await getTranslations('formProblem'))('codeEmpty') });
  const ticket = await keptTicket();
  const member = await readTicket(ticket);
  if (!member) redirect('/sign-in');
  try {
    await signIn('credentials', { ticket, code, redirect: false });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    return formMessage(state, 'bad', t(error.code, { minutes: MINUTES }));
  }
  await dropTicket();
  await rememberBrowser(member.email);
  redirect(safeReturnPath(textOf(form, 'next')));
}
