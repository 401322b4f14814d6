import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { relativeTime } from '@/components/ui/clock';
import { Notice } from '@/components/ui/notice';
import { hasWeakSecret, type ProjectSummary } from '@/lib/projects/queries';
import { providerLabel } from '../words';

export interface Clock {
  readonly now: Date;
  readonly zone: string;
}

interface BannersProps {
  readonly project: ProjectSummary;
  readonly clock: Clock;
}

/** What keeps postbacks from being taken, or lets strangers send them. */
export async function Banners({ project, clock }: BannersProps): Promise<ReactElement> {
  const [t, locale, weak] = await Promise.all([getTranslations('project.banner'), getLocale(), hasWeakSecret(project)]);
  const provider = providerLabel(project.provider);
  return (
    <>
      {project.secret ? null : (
        <Notice title={t('noSecret', { provider })} tone="attention">
          {t('noSecretText')}
        </Notice>
      )}
      {weak ? (
        <Notice title={t('weak')} tone="bad">
          {t('weakText')}
        </Notice>
      ) : null}
      {project.lastGetAt ? (
        <Notice title={t('get')} tone="attention">
          {t('getText', { when: relativeTime(project.lastGetAt, clock.now, clock.zone, locale) })}
        </Notice>
      ) : null}
    </>
  );
}
