import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { LinkButton } from './ui/button';
import { CopyButton } from './ui/copy-button';

export interface NotificationUrl {
  readonly projectId: string;
  readonly project: string;
  readonly url: string;
}

interface NotificationUrlsProps {
  readonly urls: readonly NotificationUrl[];
  /** Where a test postback is sent from; only for those who may. */
  readonly test: boolean;
}

const MOST = 6;

/** What to paste at the provider, and how to see that it works without waiting for a customer. */
export function NotificationUrls({ urls, test }: NotificationUrlsProps): ReactElement {
  const t = useTranslations();
  return (
    <ul className="mt-4 w-full max-w-2xl space-y-3 text-start">
      {urls.slice(0, MOST).map(({ projectId, project, url }) => (
        <li className="rounded-panel border border-line bg-surface p-3" key={projectId}>
          <p className="break-words font-medium text-ink text-sm">{t('invoices.empty.url', { project })}</p>
          <code className="mt-1 block break-all rounded-control bg-sunken px-2 py-1.5 font-mono text-ink text-xs">
            {url}
          </code>
          <div className="mt-2.5 flex flex-wrap gap-2">
            <CopyButton copied={t('copy.copied')} label={t('copy.label')} value={url} />
            {test ? (
              <LinkButton href={`/settings/projects/${projectId}`}>{t('invoices.empty.sendTest')}</LinkButton>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
