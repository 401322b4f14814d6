import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Badge } from '@/components/ui/badge';
import { absoluteTime } from '@/components/ui/clock';
import type { IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tone';
import { UntrustedText } from '@/components/untrusted-text';
import type { BodyDiff, Difference } from '@/lib/postbacks/body-diff';
import type { ComparedBodies } from '@/lib/postbacks/compare-bodies';

interface BodyDiffTableProps {
  readonly compared: ComparedBodies;
  readonly clock: Clock;
}

/** What two postbacks say otherwise, field by field. */
export function BodyDiffTable({ compared: { bodies, diff }, clock }: BodyDiffTableProps): ReactElement {
  const t = useTranslations('invoicePage.raw');
  const locale = useLocale();
  const [from = '', to = ''] = bodies.map(({ receivedAt }) => absoluteTime(receivedAt, clock.zone, locale));
  const title = t('diff', { from, to });
  return (
    <section aria-label={title} className="grid min-w-0 gap-3 border-line-soft border-t pt-4" data-diff>
      <h3 className="font-medium text-ink text-sm">{title}</h3>
      <Differences diff={diff} />
    </section>
  );
}

function Differences({ diff }: { readonly diff: BodyDiff | null }): ReactElement {
  const t = useTranslations('invoicePage.raw');
  if (!diff) return <p className="text-muted text-sm">{t('unreadable')}</p>;
  if (diff.differences.length === 0) return <p className="text-muted text-sm">{t('same')}</p>;
  return (
    <>
      <ul className="grid">
        {diff.differences.map((difference) => (
          <DifferenceRow difference={difference} key={difference.path} />
        ))}
      </ul>
      {diff.more > 0 ? <p className="text-muted text-sm">{t('more', { count: diff.more })}</p> : null}
    </>
  );
}

const LOOK = {
  added: ['good', 'plus'],
  removed: ['bad', 'x'],
  changed: ['attention', 'pencil'],
} as const satisfies Record<Difference['kind'], readonly [Tone, IconName]>;

function DifferenceRow({
  difference: { path, kind, before, after },
}: {
  readonly difference: Difference;
}): ReactElement {
  const t = useTranslations('invoicePage.raw');
  const [tone, icon] = LOOK[kind];
  return (
    <li className="grid min-w-0 gap-x-4 gap-y-1 border-line-soft border-t py-2 font-mono text-xs leading-5 first:border-t-0 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <span className="flex min-w-0 flex-wrap items-center gap-2">
        <Badge icon={icon} tone={tone}>
          {t(`kind.${kind}`)}
        </Badge>
        <UntrustedText className="break-all text-muted" most={160} text={path} />
      </span>
      <span className="min-w-0 break-all">
        {before === null ? null : <Value className="text-muted line-through" label={t('before')} text={before} />}
        {before === null || after === null ? null : <span className="mx-1.5 text-muted">→</span>}
        {after === null ? null : <Value className="text-ink no-underline" label={t('after')} text={after} />}
      </span>
    </li>
  );
}

interface ValueProps {
  readonly text: string;
  readonly label: string;
  readonly className: string;
}

function Value({ text, label, className }: ValueProps): ReactElement {
  const Part = className.includes('line-through') ? 'del' : 'ins';
  return (
    <Part className={className}>
      <span className="sr-only">{label}: </span>
      {text === '' ? '“”' : <UntrustedText most={400} text={text} />}
    </Part>
  );
}
