'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { nameProblem } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { setArchived } from '@/lib/projects/archive';
import { KEEP_HOURS, renameProject, replaceSecret } from '@/lib/projects/change';
import { LONGEST_NAME } from '@/lib/projects/create';
import { getProject, type ProjectSummary } from '@/lib/projects/queries';
import { sendTestPostback } from '@/lib/projects/test-postback';
import { getProvider } from '@/lib/providers';
import type { Access } from '@/lib/staff/access';
import { guardAct } from '@/lib/staff/guard';
import { credentialError } from '../credential-check';
import type { TestOutcome } from './test-form';

async function projectOf(access: Access, id: string): Promise<ProjectSummary> {
  const project = await getProject(access, id);
  return project ?? notFound();
}

export async function rename(id: string, state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('manageProjects');
  const project = await projectOf(access, id);
  const name = textOf(form, 'name').trim();
  const problem = nameProblem(await getTranslations('formProblem'), name, LONGEST_NAME);
  if (problem !== null) return fieldErrors(state, { name: problem });
  await renameProject(access, project.id, name);
  revalidatePath('/settings/projects');
  return formMessage(state, 'good', (await getTranslations('project.name'))('saved'));
}

export async function enterSecret(id: string, state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('manageProjects');
  const project = await projectOf(access, id);
  const provider = getProvider(project.provider) ?? notFound();
  const entered = textOf(form, 'credential');
  const problem = await credentialError(provider, entered);
  if (problem !== null) return fieldErrors(state, { credential: problem });
  const keep = KEEP_HOURS.find((hours) => String(hours) === textOf(form, 'keep')) ?? 0;
  const replaced = await replaceSecret(access, project.id, provider, entered, keep);
  revalidatePath(`/settings/projects/${project.id}`);
  if (replaced === 'no_project') notFound();
  if (replaced === 'raced') return formMessage(state, 'bad', (await getTranslations('secrets'))('raced'));
  return formMessage(state, 'good', (await getTranslations('project.secret'))('saved'));
}

export async function archive(id: string, archived: boolean, state: FormState): Promise<FormState> {
  const access = await guardAct('manageProjects');
  const project = await projectOf(access, id);
  await setArchived(access, project.id, archived === true);
  revalidatePath('/', 'layout');
  const t = await getTranslations('project.archive');
  return formMessage(state, 'good', t(archived === true ? 'done' : 'undone'));
}

export async function sendTest(id: string, state: TestOutcome | null, form: FormData): Promise<TestOutcome> {
  const access = await guardAct('sendTestPostback');
  const project = await projectOf(access, id);
  const result = await sendTestPostback(access, project.id, textOf(form, 'sample'));
  revalidatePath(`/settings/projects/${project.id}`);
  const t = await getTranslations('project.test');
  const turn = (state?.turn ?? 0) + 1;
  if (!result.sent) return { turn, good: false, text: t(`failed.${result.reason}`), links: [] };
  const { status, answer, invoiceId } = result;
  const sentence = sentenceOf(answer);
  const scope = new URLSearchParams({ project: project.id });
  return {
    turn,
    good: status === 200,
    text: sentence === null ? t('answeredOddly', { status }) : t('answered', { status, answer: sentence }),
    links: [
      invoiceId
        ? { href: `/invoices/${invoiceId}`, label: t('openInvoice') }
        : { href: `/invoices?${scope}`, label: t('openInvoices') },
      { href: `/postbacks?${scope}`, label: t('openPostbacks') },
    ],
  };
}

/** `{"message":"Postback received"}` → Postback received; anything else says nothing to people. */
function sentenceOf(answer: string): string | null {
  try {
    const body: unknown = JSON.parse(answer);
    const [text] = typeof body === 'object' && body !== null ? Object.values(body) : [];
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}
