import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { KeptOutcome } from '@/lib/postbacks/outcome';
import { Badge } from './ui/badge';
import type { IconName } from './ui/icon';
import type { Tone } from './ui/tone';

const LOOK = {
  accepted: ['good'],
  duplicate: ['neutral', 'copy'],
  contradiction: ['attention'],
  incomplete: ['bad', 'circle-alert'],
  unreadable: ['bad', 'circle-alert'],
  refused: ['bad', 'ban'],
} as const satisfies Record<KeptOutcome, readonly [Tone, IconName?]>;

export function outcomeTone(outcome: KeptOutcome): Tone {
  return LOOK[outcome][0];
}

/** The verdict on one postback. */
export function OutcomeBadge({ outcome }: { readonly outcome: KeptOutcome }): ReactElement {
  const t = useTranslations('postbacks');
  const [tone, icon]: readonly [Tone, IconName?] = LOOK[outcome];
  return (
    <Badge tone={tone} {...(icon ? { icon } : {})} title={t(`outcomeText.${outcome}`)}>
      {t(`outcome.${outcome}`)}
    </Badge>
  );
}
