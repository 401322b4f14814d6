import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { LONGEST_NAME } from '@/lib/projects/create';
import { PROVIDERS } from '@/lib/providers';
import { requireRight } from '@/lib/staff/guard';
import { addProject } from './actions';
import { ProviderChoice } from './provider-choice';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('newProject'))('title') };
}

export default async function NewProjectPage(): Promise<ReactElement> {
  await requireRight('manageProjects');
  const t = await getTranslations('newProject');
  return (
    <div className="max-w-2xl">
      <PageHeader back={{ href: '/settings/projects', label: t('back') }} title={t('title')} />
      <Card>
        <ActionForm action={addProject} className="space-y-5">
          <TextField
            autoComplete="off"
            hint={t('nameHint')}
            label={t('name')}
            maxLength={LONGEST_NAME}
            name="name"
            required
          />
          <fieldset>
            <legend className="mb-1.5 font-medium text-ink text-sm">{t('provider')}</legend>
            <div className="space-y-2">
              {PROVIDERS.map((provider, index) => (
                <ProviderChoice first={index === 0} key={provider.id} provider={provider} />
              ))}
            </div>
          </fieldset>
          <FormMessage />
          <div className="flex gap-2">
            <SubmitButton>{t('submit')}</SubmitButton>
            <LinkButton href="/settings/projects" variant="quiet">
              {t('cancel')}
            </LinkButton>
          </div>
        </ActionForm>
      </Card>
    </div>
  );
}
