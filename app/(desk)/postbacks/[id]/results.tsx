import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { reasonWords } from '@/components/postback-words';
import { absoluteTime } from '@/components/ui/clock';
import { Notice } from '@/components/ui/notice';
import type { PostbackDetail } from '@/lib/postbacks/queries';
import { clip, visible } from '@/lib/visible';

interface ResultsProps {
  readonly postback: PostbackDetail;
  readonly clock: Clock;
}

/** Both results of a postback that was refused and checked again later; nothing for any other. */
export function Results({ postback, clock }: ResultsProps): ReactElement | null {
  const [t, words, locale] = [useTranslations('postbacks.recheck'), useTranslations('postbacks'), useLocale()];
  const { outcome, refusedReason, receivedAt, recheckedAt, recheckedBy } = postback;
  if (recheckedAt === null) return null;
  const time = (at: string): string => absoluteTime(at, clock.zone, locale);
  const first = reasonWords(words, { outcome: 'refused', reason: refusedReason, reasonField: null }) ?? '';
  const by = recheckedBy === null ? t('somebody') : visible(clip(recheckedBy, 80));
  return (
    <Notice icon="clock" title={t('title')} tone={outcome === 'refused' ? 'bad' : 'neutral'}>
      <ol className="grid gap-1">
        <li>{t('first', { time: time(receivedAt), reason: first })}</li>
        <li>{t(`then.${outcome}`, { time: time(recheckedAt), by })}</li>
      </ol>
    </Notice>
  );
}
