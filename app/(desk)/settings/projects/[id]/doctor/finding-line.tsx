import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Badge } from '@/components/ui/badge';
import { absoluteTime, relativeTime, spanWords } from '@/components/ui/clock';
import { Link } from '@/components/ui/link';
import type { Tone } from '@/components/ui/tone';
import type { Finding, Health } from '@/lib/projects/doctor';
import type { ProjectSummary } from '@/lib/projects/queries';
import { clip, visible } from '@/lib/visible';
import { providerLabel, secretWords } from '../../words';

const TONE = { good: 'good', attention: 'attention', bad: 'bad', unknown: 'neutral' } as const satisfies Record<
  Health,
  Tone
>;

interface FindingLineProps {
  readonly finding: Finding;
  readonly project: ProjectSummary;
  readonly clock: Clock;
}

/** The state in a word, what it means, what to do, and what says so. */
export async function FindingLine({ finding, project, clock }: FindingLineProps): Promise<ReactElement> {
  const [t, locale, secret] = await Promise.all([getTranslations('doctor'), getLocale(), secretWords()]);
  const { check, state, word, values } = finding;
  const words = {
    provider: providerLabel(project.provider),
    count: values.count ?? 0,
    when: values.at ? relativeTime(values.at, clock.now, clock.zone, locale) : '',
    span: values.milliseconds === undefined ? '' : spanWords(values.milliseconds, locale),
    agent: values.agent ? `“${visible(clip(values.agent, 80))}”` : t('unnamed'),
    secret: values.hint ? secret(project.provider, values.hint) : '',
  };
  const step = `${check}.${word}.step`;
  return (
    <li
      className="grid gap-x-4 gap-y-1.5 border-line-soft border-t p-4 text-sm first:border-t-0 sm:grid-cols-[8rem_minmax(0,1fr)]"
      data-check={check}
    >
      <div>
        <Badge tone={TONE[state]}>{t(`state.${state}`)}</Badge>
      </div>
      <div className="min-w-0">
        <h2 className="font-semibold text-ink">{t(`${check}.title`)}</h2>
        <p className="mt-0.5 max-w-prose break-words text-ink">{t(`${check}.${word}.what`, words)}</p>
        {t.has(step) ? (
          <p className="mt-1.5 max-w-prose break-words text-muted">
            <span className="font-medium text-ink">{t('next')}: </span>
            {t(step, words)}
          </p>
        ) : null}
        <p className="mt-1.5 text-muted text-xs">
          {t('source')}: <Source clock={clock} finding={finding} project={project} />
        </p>
      </div>
    </li>
  );
}

async function Source({ finding, project, clock }: FindingLineProps): Promise<ReactElement> {
  const [t, locale] = await Promise.all([getTranslations('doctor'), getLocale()]);
  const { source, check } = finding;
  if (source?.kind === 'postback') {
    return (
      <Link className="text-link" href={`/postbacks/${source.id}`}>
        {t('sourcePostback', { time: absoluteTime(source.at, clock.zone, locale) })}
      </Link>
    );
  }
  if (source?.kind === 'counter') {
    return (
      <Link className="text-link" href={`/postbacks?project=${project.id}`}>
        {t('sourceCounter')}
      </Link>
    );
  }
  if (check === 'secret') {
    return (
      <Link className="text-link" href={`/settings/projects/${project.id}#secret`}>
        {t('sourceProject')}
      </Link>
    );
  }
  return <span>{t(check === 'database' ? 'sourceNow' : 'sourceNone')}</span>;
}
