'use server';

import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { acceptInvitation } from '@/lib/staff/invitations';
import { isUsablePassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from '@/lib/staff/passwords';
import { firstSignIn } from '../../first-sign-in';

const LONGEST_NAME = 80;

export async function join(token: string, state: FormState, form: FormData): Promise<FormState> {
  await refuseForeignOrigin();
  const t = await getTranslations('invitation');
  const name = textOf(form, 'name').trim();
  const password = textOf(form, 'password');
  const wrong = {
    ...(name === '' || name.length > LONGEST_NAME ? { name: t('errors.name', { most: LONGEST_NAME }) } : {}),
    ...(isUsablePassword(password)
      ? {}
      : { password: t('errors.password', { least: SHORTEST_PASSWORD, most: LONGEST_PASSWORD }) }),
  };
  if (Object.keys(wrong).length > 0) return fieldErrors(state, wrong);
  const email = await acceptInvitation(token, { name, password });
  if (email === null) return formMessage(state, 'bad', t('gone.text'));
  return firstSignIn(email, password, '/');
}
