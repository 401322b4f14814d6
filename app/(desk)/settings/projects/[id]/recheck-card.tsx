import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { countRecheckable, MAX_COUNTED } from '@/lib/postbacks/recheck';
import type { ProjectSummary } from '@/lib/projects/queries';
import { type Access, may } from '@/lib/staff/access';
import { recheckStep } from './recheck-actions';
import { RecheckButton } from './recheck-button';

interface RecheckCardProps {
  readonly access: Access;
  readonly project: ProjectSummary;
}

/** Offers to check again what was refused before the present secret was entered. */
export async function RecheckCard({ access, project }: RecheckCardProps): Promise<ReactElement | null> {
  if (!may(access, 'recheckRefused')) return null;
  const [t, found] = await Promise.all([getTranslations('project.recheck'), countRecheckable(access, project.id)]);
  const count = Math.min(found, MAX_COUNTED);
  const words = { submit: t('submit', { count }), stopped: t('stopped'), log: t('log') };
  return (
    <RecheckButton
      action={recheckStep.bind(null, project.id)}
      isDone={count === 0}
      logHref={`/postbacks?project=${project.id}`}
      words={words}
    >
      <h2 className="font-semibold">{t('title', { count })}</h2>
      <p className="mt-0.5 max-w-prose">{t('text')}</p>
    </RecheckButton>
  );
}
