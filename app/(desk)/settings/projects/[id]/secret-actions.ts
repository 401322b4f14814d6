'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { passwordProblem } from '@/app/form-problems';
import { isUuid } from '@/lib/cursor';
import { endOldSecret } from '@/lib/projects/change';
import { revealSecret } from '@/lib/projects/live-secrets';
import { getProject } from '@/lib/projects/queries';
import { guardAct } from '@/lib/staff/guard';
import { enterPasswordAgain, hasRecentPassword } from '@/lib/staff/recent-password';

export type Revealed =
  | { readonly kind: 'shown'; readonly value: string }
  /** The password is asked for first; `problem`: what is wrong with the one that was entered. */
  | { readonly kind: 'password'; readonly problem: string | null }
  | { readonly kind: 'gone' };

export async function revealLiveSecret(projectId: string, secretId: string, password: unknown): Promise<Revealed> {
  const access = await guardAct('manageProjects');
  const project = await getProject(access, projectId);
  if (!project || !isUuid(secretId)) return { kind: 'gone' };
  const entered = typeof password === 'string' ? password : '';
  if (entered === '') {
    if (!(await hasRecentPassword(access))) return { kind: 'password', problem: null };
  } else {
    const t = await getTranslations('formProblem');
    const problem = await passwordProblem(t, entered, (text) => enterPasswordAgain(access, text));
    if (problem !== null) return { kind: 'password', problem };
  }
  const value = await revealSecret(access, project.id, secretId);
  return value === null ? { kind: 'gone' } : { kind: 'shown', value };
}

export async function endPreviousSecret(projectId: string, secretId: string): Promise<void> {
  const access = await guardAct('manageProjects');
  const project = await getProject(access, projectId);
  if (!project || !isUuid(secretId)) return;
  await endOldSecret(access, project.id, secretId);
  revalidatePath(`/settings/projects/${project.id}`);
}
