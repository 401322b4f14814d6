import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, AreaField, FormMessage, SubmitButton } from '@/components/ui/action-form';
import { Card } from '@/components/ui/card';
import { changePlainMetadata } from './actions';

interface MetadataCardProps {
  readonly projectId: string;
  readonly paths: readonly string[];
  readonly unlocked: boolean;
}

/** Which fields of the project's metadata every role sees without a mask. */
export async function MetadataCard({ projectId, paths, unlocked }: MetadataCardProps): Promise<ReactElement> {
  const t = await getTranslations('retention.metadata');
  return (
    <Card title={t('title')}>
      <p className="mb-3 max-w-prose text-ink text-sm">{t('what')}</p>
      {unlocked ? (
        <ActionForm action={changePlainMetadata.bind(null, projectId)} className="space-y-3">
          <AreaField
            className="font-mono"
            defaultValue={paths.join('\n')}
            hint={t('hint')}
            label={t('label')}
            name="plain-metadata"
            spellCheck={false}
          />
          <FormMessage />
          <SubmitButton variant="secondary">{t('submit')}</SubmitButton>
        </ActionForm>
      ) : paths.length > 0 ? (
        <ul className="grid gap-1 break-all font-mono text-ink text-xs">
          {paths.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      ) : (
        <p className="text-muted text-sm">{t('none')}</p>
      )}
    </Card>
  );
}
