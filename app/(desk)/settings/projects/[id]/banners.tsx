import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { relativeTime } from '@/components/ui/clock';
import { Notice } from '@/components/ui/notice';
import { examineRedirect } from '@/lib/projects/doctor';
import { findSecretProblem, isGuessable, type ProjectSummary } from '@/lib/projects/queries';
import { findSharedSecret } from '@/lib/projects/shared-secret';
import type { Access } from '@/lib/staff/access';
import { clip, visible } from '@/lib/visible';
import { providerLabel } from '../words';

export interface Clock {
  readonly now: Date;
  readonly zone: string;
}

interface BannersProps {
  readonly access: Access;
  readonly project: ProjectSummary;
  readonly clock: Clock;
}

/** What keeps postbacks from being taken, or lets strangers send them. */
export async function Banners({ access, project, clock }: BannersProps): Promise<ReactElement> {
  const [t, errors, problem, shared] = await Promise.all([
    getTranslations('project.banner'),
    getTranslations('credential.errors'),
    findSecretProblem(project),
    findSharedSecret(access, project.id),
  ]);
  const provider = providerLabel(project.provider);
  return (
    <>
      {project.archivedAt ? (
        <Notice title={t('archived')} tone="progress">
          {t('archivedText')}
        </Notice>
      ) : null}
      {project.secret ? null : (
        <Notice title={t('noSecret', { provider })} tone="attention">
          {t('noSecretText')}
        </Notice>
      )}
      {problem ? (
        <Notice title={t(isGuessable(problem) ? 'weak' : 'impossible', { provider })} tone="bad">
          {isGuessable(problem) ? t('weakText') : errors(problem)}
        </Notice>
      ) : null}
      {shared ? (
        <Notice
          title={
            shared.names.length > 0
              ? t('shared', { names: shared.names.map((name) => `“${visible(clip(name, 80))}”`).join(', ') })
              : t('sharedUnseen', { count: shared.count })
          }
          tone="attention"
        >
          {t('sharedText')}
        </Notice>
      ) : null}
      {project.lastGetAt ? <GetBanner access={access} clock={clock} project={project} /> : null}
    </>
  );
}

/** What is known of a GET; a redirect is named only where postbacks are missing. */
async function GetBanner({ access, project, clock }: BannersProps): Promise<ReactElement> {
  const [t, words, locale, finding] = await Promise.all([
    getTranslations('project.banner'),
    getTranslations('doctor'),
    getLocale(),
    examineRedirect(access, project, clock.now),
  ]);
  const { at, agent } = finding.values;
  const isMissing = finding.word === 'missing';
  const values = {
    provider: providerLabel(project.provider),
    when: at ? relativeTime(at, clock.now, clock.zone, locale) : '',
    agent: agent ? `“${visible(clip(agent, 80))}”` : words('unnamed'),
  };
  return (
    <Notice title={t(isMissing ? 'missing' : 'get')} tone={isMissing ? 'attention' : 'neutral'}>
      {t(isMissing ? 'missingText' : 'getText', values)}
    </Notice>
  );
}
