import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { Card } from '@/components/ui/card';
import { LONGEST_NAME } from '@/lib/projects/create';
import type { ProjectSummary } from '@/lib/projects/queries';
import { rename } from './actions';

export async function NameCard({ project }: { readonly project: ProjectSummary }): Promise<ReactElement> {
  const t = await getTranslations('project.name');
  return (
    <Card title={t('title')}>
      <ActionForm action={rename.bind(null, project.id)} className="space-y-3">
        <TextField
          autoComplete="off"
          defaultValue={project.name}
          label={t('label')}
          maxLength={LONGEST_NAME}
          name="name"
          required
        />
        <FormMessage />
        <SubmitButton variant="secondary">{t('submit')}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
