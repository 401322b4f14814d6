import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { isPrivateOrigin, publicOrigin } from '@/lib/projects/public-address';
import type { ProjectSummary } from '@/lib/projects/queries';
import { adviceWords } from '../words';

/** The address to paste at the provider, and where. */
export async function UrlCard({ project }: { readonly project: ProjectSummary }): Promise<ReactElement> {
  const [t, advice] = await Promise.all([getTranslations('project.url'), adviceWords()]);
  const origin = publicOrigin(await headers());
  const url = `${origin}${project.notificationPath}`;
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-2 sm:flex-row sm:items-center">
        <code
          className="min-w-0 flex-1 break-all rounded-control border border-line bg-sunken px-3 py-1.5 font-mono text-[0.8125rem] text-ink leading-5 sm:min-h-9"
          data-notification-url
        >
          {url}
        </code>
        <CopyButton copied={t('copied')} label={t('copy')} value={url} />
      </div>
      <p className="mt-3 max-w-prose text-muted text-sm">
        <span className="font-medium text-ink">{t('where')}: </span>
        {advice(project.provider, 'where')}
      </p>
      {isPrivateOrigin(origin) ? <p className="mt-2 text-attention text-xs">{t('private')}</p> : null}
    </Card>
  );
}
