'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type FormState, formMessage, textOf } from '@/components/ui/form-state';
import { endFormerUrl, issueNotificationUrl, KEEP_URL_HOURS } from '@/lib/projects/notification-keys';
import { getProject } from '@/lib/projects/queries';
import { guardAct } from '@/lib/staff/guard';

export async function issueUrl(id: string, state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('manageProjects');
  const project = (await getProject(access, id)) ?? notFound();
  const t = await getTranslations('project.url');
  const keep = KEEP_URL_HOURS.find((hours) => String(hours) === textOf(form, 'keepUrl'));
  if (keep === undefined) return formMessage(state, 'bad', t('chooseTime'));
  const present = textOf(form, 'present').split('/').at(-1) ?? '';
  const issued = await issueNotificationUrl(access, project.id, present, keep);
  revalidatePath(`/settings/projects/${project.id}`);
  return issued ? formMessage(state, 'good', t('issued')) : formMessage(state, 'bad', t('raced'));
}

export async function endUrl(id: string, urlId: string): Promise<void> {
  const access = await guardAct('manageProjects');
  const project = await getProject(access, id);
  if (!project) return;
  await endFormerUrl(access, project.id, urlId);
  revalidatePath(`/settings/projects/${project.id}`);
}
