import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Icon } from '@/components/ui/icon';
import { Time } from '@/components/ui/time';
import { TONE_ICON, TONE_SURFACE, type Tone } from '@/components/ui/tone';
import type { ProjectSummary } from '@/lib/projects/queries';
import { providerLabel } from '../words';
import type { Clock } from './banners';

type Light = 'received' | 'waitingLive' | 'waiting';

const TONE = { received: 'good', waitingLive: 'progress', waiting: 'neutral' } as const satisfies Record<Light, Tone>;

function lightOf(project: ProjectSummary): Light {
  if (project.lastLiveAt) return 'received';
  return project.lastPostbackAt ? 'waitingLive' : 'waiting';
}

interface ConnectionCardProps {
  readonly project: ProjectSummary;
  readonly clock: Clock;
}

/** Turns green when the provider's first postback came. */
export async function ConnectionCard({ project, clock }: ConnectionCardProps): Promise<ReactElement> {
  const t = await getTranslations('project.connection');
  const light = lightOf(project);
  const tone = TONE[light];
  const provider = providerLabel(project.provider);
  const time = (at: string | null): ReactElement => (at ? <Time at={at} {...clock} /> : <span>{t('never')}</span>);
  return (
    <Card title={t('title')}>
      <p className="mb-3 flex items-center gap-2.5 font-medium text-ink text-sm" role="status">
        <span className={`grid size-7 shrink-0 place-items-center rounded-full ${TONE_SURFACE[tone]}`}>
          <Icon name={TONE_ICON[tone]} />
        </span>
        {t(light, { provider })}
      </p>
      <Facts columns={1}>
        <Fact label={t('last')}>{time(project.lastPostbackAt)}</Fact>
        <Fact label={t('lastLive', { provider })}>{time(project.lastLiveAt)}</Fact>
      </Facts>
    </Card>
  );
}
