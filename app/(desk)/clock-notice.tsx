import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { LinkButton } from '@/components/ui/button';
import { spanWords } from '@/components/ui/clock';
import { Notice } from '@/components/ui/notice';
import { findClockOff } from '@/lib/projects/clock';
import { type Access, may } from '@/lib/staff/access';

interface ClockNoticeProps {
  readonly access: Access;
  readonly clock: Clock;
}

/** Payments are refused, or taken for too long, while this server's clock is off; nothing else would say so. */
export async function ClockNotice({ access, clock }: ClockNoticeProps): Promise<ReactElement | null> {
  if (!may(access, 'seePostbacks')) return null;
  const off = await findClockOff(access, clock.now);
  if (!off) return null;
  const [t, locale] = await Promise.all([getTranslations('doctor'), getLocale()]);
  const { state, word, values } = off.finding;
  const span = spanWords(values.milliseconds ?? 0, locale);
  return (
    <div className="mb-4">
      <Notice
        actions={
          may(access, 'sendTestPostback') ? (
            <LinkButton href={`/settings/projects/${off.projectId}/doctor`}>{t('link')}</LinkButton>
          ) : undefined
        }
        title={t('clockOff')}
        tone={state === 'bad' ? 'bad' : 'attention'}
      >
        {t(`clock.${word}.what`, { span })} {t(`clock.${word}.step`)}
      </Notice>
    </div>
  );
}
