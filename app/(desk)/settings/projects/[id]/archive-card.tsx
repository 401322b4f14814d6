import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton } from '@/components/ui/action-form';
import { Card } from '@/components/ui/card';
import type { ProjectSummary } from '@/lib/projects/queries';
import { archive } from './actions';

/** Says what archiving does before it is done; it can be undone at any time. */
export async function ArchiveCard({ project }: { readonly project: ProjectSummary }): Promise<ReactElement> {
  const t = await getTranslations('project.archive');
  const archived = project.archivedAt !== null;
  return (
    <Card title={t(archived ? 'titleArchived' : 'title')}>
      <ul className="list-disc space-y-1 ps-5 text-muted text-sm">
        <li>{t('lists')}</li>
        <li>{t('money')}</li>
        <li>{t('url')}</li>
      </ul>
      <ActionForm action={archive.bind(null, project.id, !archived)} className="mt-4 space-y-3">
        <FormMessage />
        <SubmitButton variant="secondary">{t(archived ? 'undo' : 'submit')}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
