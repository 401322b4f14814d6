import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import type { CounterRow } from '@/lib/postbacks/queries';
import { clip, visible } from '@/lib/visible';

interface CountersProps {
  readonly counters: readonly CounterRow[];
  readonly clock: Clock;
}

const KINDS = ['get', 'too_large', 'unsupported', 'over_limit', 'refused_over_limit'] as const;

/** What was counted and not kept, with what to do about it. */
export function Counters({ counters, clock: { now, zone } }: CountersProps): ReactElement | null {
  const t = useTranslations('postbacks.counters');
  if (counters.length === 0) return null;
  return (
    <Card note={t('note')} title={t('title')}>
      <ul className="grid gap-2 text-sm">
        {counters.map((row) => {
          const kind = KINDS.find((known) => known === row.kind);
          const agent = row.lastUserAgent ? `“${visible(clip(row.lastUserAgent, 80))}”` : t('unnamed');
          return kind ? (
            <li className="grid gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)_auto]" key={`${row.projectId} ${row.kind}`}>
              <UntrustedText className="truncate font-medium" most={60} text={row.project} />
              <span className="break-words text-muted">{t(kind, { count: row.count, agent })}</span>
              <Time at={row.lastAt} className="text-muted" now={now} zone={zone} />
            </li>
          ) : null;
        })}
      </ul>
    </Card>
  );
}
