'use server';

import { getTranslations } from 'next-intl/server';
import { nameProblem, newPasswordProblem, wrongFields } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { acceptInvitation } from '@/lib/staff/invitations';
import { firstSignIn } from '../../first-sign-in';

const LONGEST_NAME = 80;

export async function join(token: string, state: FormState, form: FormData): Promise<FormState> {
  await refuseForeignOrigin();
  const t = await getTranslations('invitation');
  const name = textOf(form, 'name').trim();
  const password = textOf(form, 'password');
  const words = await getTranslations('formProblem');
  const wrong = wrongFields({
    name: nameProblem(words, name, LONGEST_NAME),
    password: await newPasswordProblem(words, password),
  });
  if (wrong) return fieldErrors(state, wrong);
  const email = await acceptInvitation(token, { name, password });
  if (email === null) return formMessage(state, 'bad', t('gone.text'));
  return firstSignIn(email, password, '/');
}
