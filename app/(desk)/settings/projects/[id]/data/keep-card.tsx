import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { absoluteTime } from '@/components/ui/clock';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { previewRetention } from '@/lib/retention/run';
import { KEEP_DAYS, type KeepDays, REFUSED_DAYS } from '@/lib/retention/settings';
import type { Clock } from '../banners';
import { keepFor, keepRefusedFor } from './actions';
import { writeChoice } from './choice';

interface KeepCardProps {
  readonly projectId: string;
  readonly current: number | null;
  /** Looked at, not yet decided. */
  readonly choice: { readonly days: KeepDays } | null;
  readonly clock: Clock;
  readonly unlocked: boolean;
}

export async function KeepCard({ projectId, current, choice, clock, unlocked }: KeepCardProps): Promise<ReactElement> {
  const t = await getTranslations('retention.keep');
  const chosen = KEEP_DAYS.find((days) => days === (choice ? choice.days : current));
  return (
    <Card title={t('title')}>
      <p className="font-medium text-ink text-sm">{current === null ? t('nowEver') : t('now', { days: current })}</p>
      <p className="mt-1 max-w-prose text-muted text-sm">{t('what')}</p>
      <form className="mt-4 flex flex-wrap items-end gap-3" method="get">
        <Field className="w-full sm:w-56" label={t('label')} name="keep">
          {(control) => (
            <Select {...control} defaultValue={chosen === undefined ? undefined : writeChoice(chosen)}>
              {KEEP_DAYS.map((days) => (
                <option key={writeChoice(days)} value={writeChoice(days)}>
                  {days === null ? t('ever') : t('days', { days })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <button className={buttonClass('secondary')} type="submit">
          {t('show')}
        </button>
      </form>
      {choice && choice.days !== current ? (
        <div className="mt-4">
          <Consequence clock={clock} days={choice.days} projectId={projectId} unlocked={unlocked} />
        </div>
      ) : null}
    </Card>
  );
}

interface ConsequenceProps {
  readonly projectId: string;
  readonly days: KeepDays;
  readonly clock: Clock;
  readonly unlocked: boolean;
}

/** What a choice would delete, and the button that means it. */
async function Consequence({ projectId, days, clock, unlocked }: ConsequenceProps): Promise<ReactElement> {
  const [t, locale, preview] = await Promise.all([
    getTranslations('retention.keep'),
    getLocale(),
    previewRetention(projectId, days, clock.now),
  ]);
  const { count, oldest, newest } = preview;
  const time = (at: string): string => absoluteTime(at, clock.zone, locale);
  return (
    <Notice
      role="status"
      title={count > 0 ? t('deletes', { count }) : t('nothing')}
      tone={count > 0 ? 'attention' : 'neutral'}
    >
      {oldest && newest ? <p>{t('range', { oldest: time(oldest), newest: time(newest) })}</p> : null}
      <p>{days === null ? t('never') : t('later', { days })}</p>
      {unlocked ? (
        <form action={keepFor.bind(null, projectId)} className="mt-3">
          <input name="keep" type="hidden" value={writeChoice(days)} />
          <button className={buttonClass(count > 0 ? 'danger' : 'primary')} type="submit">
            {days === null ? t('confirmEver') : t('confirm', { days })}
          </button>
        </form>
      ) : null}
    </Notice>
  );
}

interface RefusedKeepCardProps {
  readonly projectId: string;
  readonly days: number;
  readonly unlocked: boolean;
}

export async function RefusedKeepCard({ projectId, days, unlocked }: RefusedKeepCardProps): Promise<ReactElement> {
  const t = await getTranslations('retention.keep');
  return (
    <Card title={t('refusedTitle')}>
      <p className="max-w-prose text-ink text-sm">{t('refused', { days })}</p>
      {unlocked ? (
        <form action={keepRefusedFor.bind(null, projectId)} className="mt-4 flex flex-wrap items-end gap-3">
          <Field className="w-full sm:w-56" label={t('label')} name="days">
            {(control) => (
              <Select {...control} defaultValue={days}>
                {REFUSED_DAYS.map((choice) => (
                  <option key={choice} value={choice}>
                    {t('days', { days: choice })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <button className={buttonClass('secondary')} type="submit">
            {t('refusedSave')}
          </button>
        </form>
      ) : null}
    </Card>
  );
}
