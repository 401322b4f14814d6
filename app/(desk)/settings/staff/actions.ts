'use server';

import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { emailProblem, wrongFields } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, formOnce, textOf } from '@/components/ui/form-state';
import { publicOrigin } from '@/lib/projects/public-address';
import { guardAct } from '@/lib/staff/guard';
import { INVITATION_HOURS, invite, revokeInvitation } from '@/lib/staff/invitations';
import { setDisabled, setRights } from '@/lib/staff/manage';
import { getStaffLine } from '@/lib/staff/members';
import { makePasswordReset, RESET_HOURS, revokePasswordReset } from '@/lib/staff/password-resets';
import { resetSecondFactor } from '@/lib/staff/second-factor';
import { readRights } from './rights-form';

export async function inviteMember(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('manageStaff');
  const t = await getTranslations('staffInvite');
  const email = textOf(form, 'email').trim();
  const rights = readRights(form);
  const problem = emailProblem(await getTranslations('formProblem'), email);
  const wrong = wrongFields({ email: problem, role: rights ? null : t('errors.role') });
  if (wrong || !rights) return fieldErrors(state, wrong ?? {});
  const token = await invite(access, { email, ...rights });
  if (token === null) return fieldErrors(state, { email: t('errors.taken') });
  revalidatePath('/settings/staff');
  const link = `${publicOrigin(await headers())}/invitation/${token}`;
  return formOnce(state, t('made', { email, hours: INVITATION_HOURS }), link);
}

export async function revoke(form: FormData): Promise<void> {
  const access = await guardAct('manageStaff');
  await revokeInvitation(access, textOf(form, 'id'));
  revalidatePath('/settings/staff');
}

export async function saveRights(id: string, state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('manageStaff');
  const t = await getTranslations('staffMember');
  const rights = readRights(form);
  if (!rights) return fieldErrors(state, { role: t('errors.role') });
  const member = (await getStaffLine(access, id)) ?? notFound();
  const outcome = await setRights(access, member.id, rights);
  revalidatePath('/settings/staff');
  if (outcome === 'gone') notFound();
  return outcome === 'done' ? formMessage(state, 'good', t('saved')) : formMessage(state, 'bad', t('errors.lastOwner'));
}

export async function switchMember(id: string, state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('manageStaff');
  const t = await getTranslations('staffMember');
  const member = (await getStaffLine(access, id)) ?? notFound();
  const disabled = textOf(form, 'disabled') === 'yes';
  const outcome = await setDisabled(access, member.id, disabled);
  revalidatePath('/settings/staff');
  if (outcome === 'gone') notFound();
  if (outcome === 'last_owner') return formMessage(state, 'bad', t('errors.lastOwner'));
  return formMessage(state, 'good', disabled ? t('disabled') : t('enabled'));
}

/** For who lost telephone and paper. */
export async function resetFactor(id: string, state: FormState): Promise<FormState> {
  const access = await guardAct('manageStaff');
  const t = await getTranslations('staffMember');
  const member = (await getStaffLine(access, id)) ?? notFound();
  await resetSecondFactor(access, member.id);
  revalidatePath('/settings/staff');
  return formMessage(state, 'good', t('factorReset'));
}

export async function makeResetLink(id: string, state: FormState): Promise<FormState> {
  const access = await guardAct('manageStaff');
  const t = await getTranslations('staffMember.password');
  const member = (await getStaffLine(access, id)) ?? notFound();
  const reset = await makePasswordReset(access, member.id);
  if (reset.outcome !== 'made') return formMessage(state, 'bad', t(`errors.${reset.outcome}`));
  revalidatePath('/settings/staff');
  const link = `${publicOrigin(await headers())}/reset-password/${reset.token}`;
  return formOnce(state, t('made', { name: member.name, hours: RESET_HOURS }), link);
}

export async function revokeResetLink(id: string): Promise<void> {
  const access = await guardAct('manageStaff');
  await revokePasswordReset(access, id);
  revalidatePath('/settings/staff');
}
