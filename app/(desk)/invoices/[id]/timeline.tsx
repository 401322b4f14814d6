import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { OutcomeBadge } from '@/components/outcome-badge';
import { flagWords, reasonWords } from '@/components/postback-words';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { TimelineRow } from '@/lib/postbacks/queries';
import { readChanges, readFlags } from '@/lib/postbacks/read-changes';
import { ChangeList } from '../../change-list';

interface TimelineProps {
  readonly rows: readonly TimelineRow[];
  readonly clock: Clock;
  /** Whether this role may open postbacks and see their verdicts. */
  readonly links: boolean;
}

interface Entry {
  readonly first: TimelineRow;
  readonly copies: readonly TimelineRow[];
}

/** Copies stand under the first of them. */
function entriesOf(rows: readonly TimelineRow[]): readonly Entry[] {
  const ids = new Set(rows.map(({ id }) => id));
  const isCopy = (row: TimelineRow): boolean => row.duplicateOf !== null && ids.has(row.duplicateOf);
  return rows
    .filter((row) => !isCopy(row))
    .map((first) => ({ first, copies: rows.filter((row) => row.duplicateOf === first.id) }));
}

/** What was said about this invoice, newest first, and what each message changed. */
export function Timeline({ rows, clock, links }: TimelineProps): ReactElement {
  const t = useTranslations('invoices.detail');
  return (
    <Card title={t('timeline')}>
      <ol className="relative grid gap-5 before:absolute before:inset-y-2 before:start-[3px] before:w-px before:bg-line">
        {[...entriesOf(rows)].reverse().map((entry) => (
          <Message clock={clock} entry={entry} key={entry.first.id} links={links} />
        ))}
      </ol>
    </Card>
  );
}

const DOT = {
  accepted: 'bg-good',
  contradiction: 'bg-attention',
  duplicate: 'bg-line-strong',
  incomplete: 'bg-bad',
  unreadable: 'bg-bad',
  refused: 'bg-bad',
} as const satisfies Record<TimelineRow['outcome'], string>;

function Message({
  entry,
  clock,
  links,
}: {
  readonly entry: Entry;
  readonly clock: Clock;
  readonly links: boolean;
}): ReactElement {
  const t = useTranslations('invoices');
  const { first, copies } = entry;
  return (
    <li className="relative grid gap-1.5 ps-5">
      <span
        aria-hidden="true"
        className={`absolute start-0 top-1.5 size-[7px] rounded-full ring-4 ring-surface ${DOT[first.outcome]}`}
      />
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
        <Time at={first.receivedAt} className="text-muted" now={clock.now} show="absolute" zone={clock.zone} />
        {first.outcome === 'accepted' ? null : <OutcomeBadge outcome={first.outcome} />}
      </div>
      <ChangeList changes={readChanges(first.changes)} currency={null} />
      {links ? <Verdict copies={copies} row={first} /> : null}
      {links && copies.length > 0 ? (
        <details className="text-muted text-xs">
          <summary className="inline-block underline decoration-line-strong underline-offset-4 hover:text-ink">
            {t('event.duplicates', { count: Math.max(first.duplicates, copies.length) })}
          </summary>
          <ul className="mt-1.5 grid gap-1">
            {copies.map((copy) => (
              <li key={copy.id}>
                <Link className="text-link" href={`/postbacks/${copy.id}`} prefetch={false}>
                  <Time at={copy.receivedAt} now={clock.now} show="absolute" zone={clock.zone} />
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  );
}

/** How it was verified, what is odd about it, and the postback itself. */
function Verdict({
  row,
  copies,
}: {
  readonly row: TimelineRow;
  readonly copies: readonly TimelineRow[];
}): ReactElement {
  const t = useTranslations('postbacks');
  const reason = reasonWords(t, row);
  const question = copies.find((copy) => copy.reason !== null);
  return (
    <div className="grid gap-1 text-muted text-xs">
      {reason ? <p className="text-attention">{reason}</p> : null}
      {question ? <p className="text-attention">{reasonWords(t, question)}</p> : null}
      {readFlags(row.flags).map(({ code }) => (
        <p key={code}>{flagWords(t, code)}</p>
      ))}
      <p>
        {t(`verified.${row.verified ?? 'none'}`)}
        {' · '}
        <Link className="text-link" href={`/postbacks/${row.id}`} prefetch={false}>
          {t('open')}
        </Link>
      </p>
    </div>
  );
}
