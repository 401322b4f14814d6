'use server';

import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { originOf } from '@/lib/audit/request-origin';
import { isEmail } from '@/lib/staff/create';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { isUsablePassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from '@/lib/staff/passwords';
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
  const wrong = {
    ...(owner.name === '' || owner.name.length > LONGEST_NAME ? { name: t('name') } : {}),
    ...(isEmail(owner.email) ? {} : { email: t('email') }),
    ...(isUsablePassword(owner.password)
      ? {}
      : { password: t('password', { least: SHORTEST_PASSWORD, most: LONGEST_PASSWORD }) }),
    ...(owner.timeZone === '' ? { timeZone: t('timeZone') } : {}),
  };
  if (Object.keys(wrong).length > 0) return fieldErrors(state, wrong);
  const created = await createOwner(owner);
  if (!created.ok) return refusal(state, created.reason);
  return firstSignIn(owner.email, owner.password, '/settings/projects/new');
}

async function refusal(state: FormState, reason: 'wrong_token' | 'owner_exists' | 'email_taken'): Promise<FormState> {
  const t = await getTranslations('setup.errors');
  if (reason === 'email_taken') return fieldErrors(state, { email: t('emailTaken') });
  return formMessage(state, 'bad', reason === 'owner_exists' ? t('exists') : t('token'));
}
