import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { Icon, type IconName } from '@/components/ui/icon';
import { Link } from '@/components/ui/link';
import { Time } from '@/components/ui/time';
import { TONE_SURFACE, type Tone } from '@/components/ui/tone';
import { MOST_WAITING, type QueueKind } from '@/lib/overview/queue';

/** One kind of what waits, with its lines already drawn. */
export interface Group {
  readonly kind: QueueKind;
  readonly count: number;
  readonly since: string | null;
  readonly lines: readonly ReactElement[];
}

const LOOK = {
  refused: ['bad', 'ban'],
  silence: ['bad', 'bell'],
  hold: ['attention', 'clock'],
  waybill: ['bad', 'truck'],
  partial: ['attention', 'hand-coins'],
  overpaid: ['attention', 'plus'],
  check: ['attention', 'triangle-alert'],
} as const satisfies Record<QueueKind, readonly [Tone, IconName]>;

/** Every kind has a list that shows just its rows. */
export function allHref(kind: QueueKind): string {
  return kind === 'waybill' ? '/deliveries?view=unresolved' : `/?all=${kind}`;
}

interface GroupSectionProps {
  readonly group: Group;
  readonly clock: Clock;
}

/** Why it waits, how many and since when, what to do next, and the way to each. */
export function GroupSection({ group, clock }: GroupSectionProps): ReactElement {
  const { kind, count, since, lines } = group;
  const t = useTranslations('overview.queue');
  const [tone, icon] = LOOK[kind];
  const total = cappedCount(count);
  const more = count > lines.length;
  return (
    <section aria-labelledby={`queue-${kind}`} className="border-line border-t first:border-t-0">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 pt-3.5 pb-2">
        <span className={`grid size-7 shrink-0 place-items-center rounded-full sm:-ms-1 ${TONE_SURFACE[tone]}`}>
          <Icon name={icon} size={15} />
        </span>
        <div className="min-w-0 flex-1 basis-40">
          <h3 className="flex flex-wrap items-baseline gap-x-2 font-semibold text-sm" id={`queue-${kind}`}>
            {t(`${kind}.title`)}
            <span className="font-medium text-muted tabular-nums">{total}</span>
            {since ? (
              <span className="font-normal text-muted text-xs">
                {t.rich('since', { time: () => <Time at={since} now={clock.now} zone={clock.zone} /> })}
              </span>
            ) : null}
          </h3>
          <p className="text-pretty text-muted text-xs leading-4.5">{t(`${kind}.step`)}</p>
        </div>
        {more || kind === 'waybill' ? (
          <Link className="shrink-0 text-link text-xs leading-5" href={allHref(kind)}>
            {more ? t('all', { count: total }) : t('open')}
            <span className="sr-only">: {t(`${kind}.title`)}</span>
          </Link>
        ) : null}
      </div>
      <Lines label={t(`${kind}.title`)}>{lines}</Lines>
    </section>
  );
}

export function Lines({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <ul aria-label={label} className="pb-1.5">
      {children}
    </ul>
  );
}

/** `99+` past what was counted. */
export function cappedCount(count: number): string {
  return count > MOST_WAITING ? `${MOST_WAITING}+` : String(count);
}
