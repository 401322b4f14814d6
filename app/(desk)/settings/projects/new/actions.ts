'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
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
  const problem = entered === '' ? null : await credentialError(provider, entered);
  const wrong = {
    ...(name === '' || name.length > LONGEST_NAME ? { name: t('name', { most: LONGEST_NAME }) } : {}),
    ...(problem === null ? {} : { [field]: problem }),
  };
  if (Object.keys(wrong).length > 0) return fieldErrors(state, wrong);
  const project = await createProject({
    name,
    provider: provider.id,
    credential: entered === '' ? null : entered,
    by: access,
  });
  redirect(`/settings/projects/${project.id}`);
}
