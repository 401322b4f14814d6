'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { nameProblem, wrongFields } from '@/app/form-problems';
import { type FormState, fieldErrors, formMessage, textOf } from '@/components/ui/form-state';
import { createProject, LONGEST_NAME } from '@/lib/projects/create';
import { getProvider } from '@/lib/providers';
import { guardAct } from '@/lib/staff/guard';
import { credentialError } from '../credential-check';

export async function addProject(state: FormState, form: FormData): Promise<FormState> {
  const access = await guardAct('manageProjects');
  const t = await getTranslations('newProject.errors');
  const name = textOf(form, 'name').trim();
  const provider = getProvider(textOf(form, 'provider'));
  if (!provider) return formMessage(state, 'bad', t('provider'));
  const field = `credential-${provider.id}`;
  const entered = textOf(form, field).trim();
  const wrong = wrongFields({
    name: nameProblem(await getTranslations('formProblem'), name, LONGEST_NAME),
    [field]: entered === '' ? null : await credentialError(provider, entered),
  });
  if (wrong) return fieldErrors(state, wrong);
  const project = await createProject({
    name,
    provider: provider.id,
    credential: entered === '' ? null : entered,
    by: access,
  });
  redirect(`/settings/projects/${project.id}`);
}
