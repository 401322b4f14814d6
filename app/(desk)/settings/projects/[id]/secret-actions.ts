'use server';

import { revalidatePath } from 'next/cache';
import { isUuid } from '@/lib/cursor';
import { endOldSecret } from '@/lib/projects/change';
import { revealSecret } from '@/lib/projects/live-secrets';
import { getProject } from '@/lib/projects/queries';
import { guardAct } from '@/lib/staff/guard';
import { hasRecentPassword, rememberPassword } from '@/lib/staff/recent-password';

export type Revealed =
  | { readonly kind: 'shown'; readonly value: string }
  /** The password is asked for first; `wrong`: what was entered is not it. */
  | { readonly kind: 'password'; readonly wrong: boolean }
  | { readonly kind: 'gone' };

export async function revealLiveSecret(projectId: string, secretId: string, password: unknown): Promise<Revealed> {
  const access = await guardAct('manageProjects');
  const project = await getProject(access, projectId);
  if (!project || !isUuid(secretId)) return { kind: 'gone' };
  const entered = typeof password === 'string' ? password : '';
  if (entered !== '' && !(await rememberPassword(access, entered))) return { kind: 'password', wrong: true };
  if (entered === '' && !(await hasRecentPassword(access))) return { kind: 'password', wrong: false };
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
