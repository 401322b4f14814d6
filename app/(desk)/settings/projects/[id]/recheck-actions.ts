'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { recheckRefused } from '@/lib/postbacks/recheck';
import { getProject } from '@/lib/projects/queries';
import { guardAct } from '@/lib/staff/guard';

/** How far the check of a project's refused postbacks is. */
export interface RecheckProgress {
  readonly state: 'more' | 'done' | 'failed';
  readonly checked: number;
  readonly accepted: number;
  readonly text: string;
}

const soFarSchema = z.object({ checked: z.number().int().nonnegative(), accepted: z.number().int().nonnegative() });

/** One step of the check; `soFar` is what the steps before it came to, for the sentence alone. */
export async function recheckStep(projectId: string, soFar: unknown): Promise<RecheckProgress> {
  const access = await guardAct('recheckRefused');
  const before = soFarSchema.safeParse(soFar).data ?? { checked: 0, accepted: 0 };
  const [found, t] = await Promise.all([getProject(access, projectId), getTranslations('project.recheck')]);
  const project = found ?? notFound();
  const step = await recheckRefused(access, project.id);
  if (!step) return { state: 'failed', ...before, text: t('failed') };
  if (step.busy) return { state: 'failed', ...before, text: t('busy') };
  const checked = before.checked + step.checked;
  const accepted = before.accepted + step.accepted;
  if (step.left > 0 && step.checked > 0)
    return { state: 'more', checked, accepted, text: t('running', { checked, left: step.left }) };
  revalidatePath(`/settings/projects/${project.id}`);
  return { state: 'done', checked, accepted, text: t('done', { checked, accepted, refused: checked - accepted }) };
}
