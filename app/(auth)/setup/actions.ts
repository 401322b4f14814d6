'use server';

import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { emailProblem, nameProblem, newPasswordProblem, wrongFields } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { originOf } from '@/lib/audit/request-origin';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { createOwner, type NewOwner } from '@/lib/staff/setup';
import { readZone } from '@/lib/zone';
import { firstSignIn } from '../first-sign-in';

const LONGEST_NAME = 80;

export async function makeOwner(state: FormState, form: FormData): Promise<FormState> {
  await refuseForeignOrigin();
  const owner: NewOwner = {
    token: textOf(form, 'token'),
    name: textOf(form, 'name').trim(),
    email: textOf(form, 'email').trim(),
    password: textOf(form, 'password'),
    timeZone: readZone(textOf(form, 'timeZone')) ?? '',
    from: originOf(await headers()),
  };
  const t = await getTranslations('setup.errors');
  const words = await getTranslations('formProblem');
  const wrong = wrongFields({
    name: nameProblem(words, owner.name, LONGEST_NAME),
    email: emailProblem(words, owner.email),
    password: await newPasswordProblem(words, owner.password),
    timeZone: owner.timeZone === '' ? t('timeZone') : null,
  });
  if (wrong) return fieldErrors(state, wrong);
  const created = await createOwner(owner);
  if (!created.ok) return refusal(state, created.reason);
  return firstSignIn(owner.email, owner.password, '/settings/projects/new');
}

async function refusal(state: FormState, reason: 'wrong_token' | 'owner_exists' | 'email_taken'): Promise<FormState> {
  const t = await getTranslations('setup.errors');
  if (reason === 'email_taken') return fieldErrors(state, { email: t('emailTaken') });
  return formMessage(state, 'bad', reason === 'owner_exists' ? t('exists') : t('token'));
}
