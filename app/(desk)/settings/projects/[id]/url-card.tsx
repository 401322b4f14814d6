import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SelectField, SubmitButton } from '@/components/ui/action-form';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Time } from '@/components/ui/time';
import { type FormerUrl, KEEP_URL_HOURS, type KeepUrlHours, listFormerUrls } from '@/lib/projects/notification-keys';
import { isPrivateOrigin, publicOrigin } from '@/lib/projects/public-address';
import type { ProjectSummary } from '@/lib/projects/queries';
import { getProvider } from '@/lib/providers';
import { type Access, may } from '@/lib/staff/access';
import { adviceWords } from '../words';
import type { Clock } from './banners';
import { endUrl, issueUrl } from './url-actions';

interface UrlCardProps {
  readonly access: Access;
  readonly project: ProjectSummary;
  readonly clock: Clock;
}

/** The address to paste at the provider, and where; and those before it until their end. */
export async function UrlCard({ access, project, clock }: UrlCardProps): Promise<ReactElement> {
  const [t, advice, former] = await Promise.all([
    getTranslations('project.url'),
    adviceWords(),
    listFormerUrls(access, project.id),
  ]);
  const manages = may(access, 'manageProjects');
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
      {former.length > 0 ? (
        <section aria-label={t('former')} className="mt-4 border-line border-t pt-3">
          <h3 className="font-medium text-ink text-sm">{t('former')}</h3>
          <ul className="mt-2 grid gap-3">
            {former.map((one) => (
              <Former clock={clock} key={one.id} manages={manages} origin={origin} project={project} url={one} />
            ))}
          </ul>
        </section>
      ) : null}
      {manages ? <IssueForm project={project} /> : null}
    </Card>
  );
}

interface FormerProps {
  readonly url: FormerUrl;
  readonly origin: string;
  readonly project: ProjectSummary;
  readonly manages: boolean;
  readonly clock: Clock;
}

async function Former({ url, origin, project, manages, clock }: FormerProps): Promise<ReactElement> {
  const t = await getTranslations('project.url');
  const end = (): ReactElement => <Time at={url.endsAt} show="absolute" {...clock} />;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 text-sm">
      <div className="min-w-0 flex-1 basis-72">
        <code className={`break-all font-mono text-xs ${url.ended ? 'text-muted line-through' : 'text-ink'}`}>
          {`${origin}${url.path}`}
        </code>
        <p className="text-muted text-xs">
          {url.ended ? t.rich('ended', { time: end }) : t.rich('validUntil', { time: end })}{' '}
          {url.usedAt
            ? t.rich('lastUsed', { time: () => <Time at={url.usedAt ?? ''} show="absolute" {...clock} /> })
            : t('notUsed')}
        </p>
      </div>
      {manages && !url.ended ? (
        <form action={endUrl.bind(null, project.id, url.id)}>
          <button className={buttonClass('danger', 'small')} type="submit">
            {t('end')}
          </button>
        </form>
      ) : null}
    </li>
  );
}

/** A week is enough to change a setting; what NovaPay was given with a session lasts as long as the session. */
function usualHours(provider: string): KeepUrlHours {
  return getProvider(provider)?.credential === 'public_key' ? 2160 : 168;
}

async function IssueForm({ project }: { readonly project: ProjectSummary }): Promise<ReactElement> {
  const t = await getTranslations('project.url');
  return (
    <details className="group mt-4">
      <summary className={buttonClass('secondary', 'medium', 'cursor-pointer group-open:hidden')}>{t('issue')}</summary>
      <ActionForm action={issueUrl.bind(null, project.id)} className="max-w-xl space-y-3">
        <input name="present" type="hidden" value={project.notificationPath} />
        <p className="text-muted text-sm">{t('issueNote')}</p>
        <SelectField defaultValue={usualHours(project.provider)} hint={t('keepHint')} label={t('keep')} name="keepUrl">
          {KEEP_URL_HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {t(`keepFor.${hours}`)}
            </option>
          ))}
        </SelectField>
        <FormMessage />
        <SubmitButton variant="secondary">{t('submit')}</SubmitButton>
      </ActionForm>
    </details>
  );
}
