import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { OutcomeBadge } from '@/components/outcome-badge';
import { flagWords, reasonWords } from '@/components/postback-words';
import { TestBadge } from '@/components/status-badge';
import { Link } from '@/components/ui/link';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import type { MessageEntry } from '@/lib/invoices/timeline-messages';
import type { BodyDiff } from '@/lib/postbacks/body-diff';
import { readChanges, readFlags } from '@/lib/postbacks/read-changes';
import { ChangeList } from '../../change-list';
import type { TimelineView } from './timeline';
import { TimelineItem } from './timeline-item';

interface MessageProps extends TimelineView {
  readonly message: MessageEntry;
}

const DOT = {
  accepted: 'bg-good',
  contradiction: 'bg-attention',
  duplicate: 'bg-line-strong',
  incomplete: 'bg-bad',
  unreadable: 'bg-bad',
  refused: 'bg-bad',
} as const satisfies Record<MessageEntry['outcome'], string>;

/** A postback: what it changed, how it was verified, what is odd about it, and how often it came again. */
export function TimelineMessage({ message, ...view }: MessageProps): ReactElement {
  const t = useTranslations('invoicePage.timeline');
  const { at, outcome, signer } = message;
  const changes = readChanges(message.changes);
  const diff = view.diffs.get(message.id);
  return (
    <TimelineItem
      at={at}
      badge={
        <>
          {outcome === 'accepted' ? null : <OutcomeBadge outcome={outcome} />}
          {signer === 'test' ? <TestBadge /> : null}
        </>
      }
      clock={view.clock}
      dot={DOT[outcome]}
      title={t('received', { provider: view.provider })}
    >
      {Object.keys(changes).length > 0 ? (
        <ChangeList changes={changes} currency={null} />
      ) : (
        <p className="text-muted text-sm">{t('nothingChanged')}</p>
      )}
      {diff ? <Differences diff={diff} /> : null}
      {view.mayOpen ? <Verdict message={message} {...view} /> : null}
      {view.mayOpen && message.duplicates > 0 ? <Copies message={message} {...view} /> : null}
    </TimelineItem>
  );
}

function Verdict({ message, here, maySeeRaw }: MessageProps): ReactElement {
  const t = useTranslations();
  const words = useTranslations('postbacks');
  const reason = reasonWords(words, message);
  const question = message.copies.find((copy) => copy.reason !== null);
  return (
    <div className="grid gap-1 text-muted text-xs">
      {reason ? <p className="text-attention">{reason}</p> : null}
      {question ? (
        <p className="text-attention">{reasonWords(words, { ...question, outcome: 'duplicate', reasonField: null })}</p>
      ) : null}
      {readFlags(message.flags).map(({ code }) => (
        <p key={code}>{flagWords(words, code)}</p>
      ))}
      <p>{words(`verified.${message.verified ?? 'none'}`)}</p>
      <p className="flex flex-wrap gap-x-3 gap-y-1">
        <Link className="text-link" href={`/postbacks/${message.id}`}>
          {words('open')}
        </Link>
        {maySeeRaw ? (
          <Link className="text-link" href={`${here}?body=${message.id}#raw`}>
            {t('invoicePage.timeline.raw')}
          </Link>
        ) : null}
      </p>
    </div>
  );
}

/** So many fields tell what it is about; the whole comparison stands among the raw bodies. */
const MAX_DIFFERENCES = 5;

/** In what it differs from the postback before it. */
function Differences({ diff }: { readonly diff: BodyDiff }): ReactElement {
  const t = useTranslations('invoicePage');
  const shown = diff.differences.slice(0, MAX_DIFFERENCES);
  const more = diff.differences.length - shown.length + diff.more;
  if (shown.length === 0) return <p className="text-muted text-xs">{t('timeline.sameAsBefore')}</p>;
  return (
    <div className="grid gap-1 text-xs" data-differences>
      <p className="text-muted">{t('timeline.differs')}</p>
      <ul className="grid gap-1 border-line-soft border-s-2 ps-2.5 font-mono leading-5">
        {shown.map(({ path, before, after }) => (
          <li className="min-w-0 [overflow-wrap:anywhere]" key={path}>
            <UntrustedText className="text-muted" most={80} text={path} />{' '}
            {before === null ? null : (
              <del className="text-muted">
                <span className="sr-only">{t('raw.before')}: </span>
                <UntrustedText most={120} text={before} />
              </del>
            )}
            {before === null || after === null ? ' ' : <span className="text-muted"> → </span>}
            {after === null ? null : (
              <ins className="text-ink no-underline">
                <span className="sr-only">{t('raw.after')}: </span>
                <UntrustedText most={120} text={after} />
              </ins>
            )}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-muted">{t('raw.more', { count: more })}</p> : null}
    </div>
  );
}

/** The latest of them; the others are a number. */
function Copies({ message, clock }: MessageProps): ReactElement {
  const t = useTranslations('invoicePage.timeline');
  const { copies, duplicates } = message;
  return (
    <details className="text-muted text-xs">
      <summary className="inline-block cursor-pointer underline decoration-line-strong underline-offset-4 hover:text-ink">
        {t('copies', { count: duplicates })}
      </summary>
      <ul className="mt-1.5 grid gap-1">
        {copies.map((copy) => (
          <li key={copy.id}>
            <Link className="text-link" href={`/postbacks/${copy.id}`}>
              <Time at={copy.at} now={clock.now} show="absolute" zone={clock.zone} />
            </Link>
          </li>
        ))}
        {duplicates > copies.length ? <li>{t('moreCopies', { count: duplicates - copies.length })}</li> : null}
      </ul>
    </details>
  );
}
