'use server';

import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { MAX_PATHS, readPaths, setPlainMetadata } from '@/lib/projects/plain-metadata';
import { getProject } from '@/lib/projects/queries';
import { hideNames, showNames } from '@/lib/retention/names';
import { keepBodies, keepRefusedBodies, REFUSED_DAYS, setNamesSearchable } from '@/lib/retention/settings';
import type { Access } from '@/lib/staff/access';
import { guardAct } from '@/lib/staff/guard';
import { hasRecentPassword } from '@/lib/staff/recent-password';
import { readChoice } from './choice';

/** The page asks for the password where it was not entered lately; only somebody's own request comes this far without. */
async function guardData(projectId: string): Promise<Access> {
  const access = await guardAct('managePeopleData');
  if (!(await getProject(access, projectId))) notFound();
  if (!(await hasRecentPassword(access))) redirect(`/settings/projects/${projectId}/data`);
  return access;
}

export async function keepFor(projectId: string, form: FormData): Promise<void> {
  const access = await guardData(projectId);
  const choice = readChoice(textOf(form, 'keep'));
  if (choice) await keepBodies(access, projectId, choice.days);
  redirect(`/settings/projects/${projectId}/data`);
}

export async function keepRefusedFor(projectId: string, form: FormData): Promise<void> {
  const access = await guardData(projectId);
  const days = REFUSED_DAYS.find((choice) => String(choice) === textOf(form, 'days'));
  if (days) await keepRefusedBodies(access, projectId, days);
  redirect(`/settings/projects/${projectId}/data`);
}

export async function makeNamesSearchable(projectId: string, searchable: boolean): Promise<void> {
  const access = await guardData(projectId);
  await setNamesSearchable(access, projectId, searchable);
  await (searchable ? showNames(projectId) : hideNames(projectId));
  revalidatePath(`/settings/projects/${projectId}/data`);
}

export async function changePlainMetadata(projectId: string, state: FormState, form: FormData): Promise<FormState> {
  const access = await guardData(projectId);
  const t = await getTranslations('retention.metadata');
  const read = readPaths(textOf(form, 'plain-metadata'));
  if (!read.ok) {
    const sentence = t(read.problem, { value: read.value, most: MAX_PATHS });
    return fieldErrors(state, { 'plain-metadata': sentence });
  }
  await setPlainMetadata(access, projectId, read.paths);
  revalidatePath(`/settings/projects/${projectId}/data`);
  return formMessage(state, 'good', t('saved'));
}
