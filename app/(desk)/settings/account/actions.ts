'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { newPasswordProblem, passwordProblem, wrongFields } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, formOnce, textOf } from '@/components/ui/form-state';
import type { Access } from '@/lib/staff/access';
import { signOut } from '@/lib/staff/auth';
import { changePassword } from '@/lib/staff/change-password';
import { guardAct } from '@/lib/staff/guard';
import { askerOf, checkOwnPassword } from '@/lib/staff/own-password';
import {
  beginSecondFactor,
  cancelSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from '@/lib/staff/second-factor';
import { endAllSessions, endOtherSessions, endOwnSession } from '@/lib/staff/sessions';
import { MINUTES, withinLimits } from '@/lib/staff/sign-in-limits';

const PAGE = '/settings/account';

export async function replacePassword(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('ownAccount');
  const t = await getTranslations('account.password');
  const passwords = { old: textOf(form, 'oldPassword'), new: textOf(form, 'newPassword') };
  const words = await getTranslations('formProblem');
  const wrong = wrongFields({
    oldPassword: passwords.old === '' ? words('passwordEmpty') : null,
    newPassword: await newPasswordProblem(words, passwords.new),
  });
  if (wrong) return fieldErrors(state, wrong);
  const asker = await askerOf(access);
  const problem = await passwordProblem(words, passwords.old, () => changePassword(access, asker, passwords));
  if (problem !== null) return fieldErrors(state, { oldPassword: problem });
  revalidatePath(PAGE);
  return formMessage(state, 'good', t('done'));
}

/** Everything about a second factor that is on, and beginning with one, needs the password. */
export async function changeFactor(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('ownAccount');
  const act = textOf(form, 'act');
  if (act === 'confirm') return confirm(access, state, textOf(form, 'code'));
  if (act === 'cancel') {
    await cancelSecondFactor(access);
    revalidatePath(PAGE);
    return fieldErrors(state, {});
  }
  const t = await getTranslations('account.factor');
  const asker = await askerOf(access);
  const words = await getTranslations('formProblem');
  const problem = await passwordProblem(words, textOf(form, 'factorPassword'), async (entered) => {
    return (await checkOwnPassword(access, asker, entered)).outcome;
  });
  if (problem !== null) return fieldErrors(state, { factorPassword: problem });
  revalidatePath(PAGE);
  if (act === 'renew') return shown(state, t('renewed'), await renewRecoveryCodes(access));
  if (act === 'off') {
    await removeSecondFactor(access);
    return formMessage(state, 'good', t('turnedOff'));
  }
  await beginSecondFactor(access);
  return fieldErrors(state, {});
}

async function confirm(access: Access, state: FormState, code: string): Promise<FormState> {
  if (code.trim() === '') return fieldErrors(state, { code: (await getTranslations('formProblem'))('codeEmpty') });
  const t = await getTranslations('account.factor');
  const result = await withinLimits(await askerOf(access), () => confirmSecondFactor(access, code), new Date(), 'code');
  if (result.outcome !== 'right') {
    const word = result.outcome === 'wrong' ? 'errors.code' : 'errors.limited';
    return fieldErrors(state, { code: t(word, { minutes: MINUTES }) });
  }
  revalidatePath(PAGE);
  return shown(state, t('turnedOn'), result.value);
}

function shown(state: FormState, text: string, codes: readonly string[] | null): FormState {
  return codes === null ? formMessage(state, 'good', text) : formOnce(state, text, codes.join('\n'));
}

export async function endOne(form: FormData): Promise<void> {
  const access = await guardAct('ownAccount');
  await endOwnSession(access, textOf(form, 'id'));
  revalidatePath(PAGE);
}

export async function endElsewhere(): Promise<void> {
  const access = await guardAct('ownAccount');
  await endOtherSessions(access);
  revalidatePath(PAGE);
}

export async function endEverywhere(): Promise<void> {
  const access = await guardAct('ownAccount');
  await endAllSessions(access);
  await signOut({ redirectTo: '/sign-in' });
}
