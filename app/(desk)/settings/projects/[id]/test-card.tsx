import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import type { ProjectSummary } from '@/lib/projects/queries';
import { getProvider } from '@/lib/providers';
import { sampleWords } from '../words';
import { sendTest } from './actions';
import { TestForm } from './test-form';

export async function TestCard({ project }: { readonly project: ProjectSummary }): Promise<ReactElement> {
  const [t, words] = await Promise.all([getTranslations('project.test'), sampleWords()]);
  const samples = getProvider(project.provider)?.samples ?? [];
  return (
    <Card note={t('note')} title={t('title')}>
      <TestForm
        action={sendTest.bind(null, project.id)}
        samples={samples.map(({ name }) => ({ name, label: words(name) }))}
        words={{ sample: t('sample'), submit: t('submit') }}
      />
    </Card>
  );
}
