import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import type { TimelineEntry, TimelinePage } from '@/lib/invoices/timeline';
import { writeTimelineCursor } from '@/lib/invoices/timeline-cursor';
import type { BodyDiff } from '@/lib/postbacks/body-diff';
import { TimelineCash } from './timeline-cash';
import { TimelineMessage } from './timeline-message';
import { TimelineNote } from './timeline-note';
import { TimelineRefusal } from './timeline-refusal';

/** What every entry of the timeline is given. */
export interface TimelineView {
  readonly clock: Clock;
  /** The address of this invoice. */
  readonly here: string;
  readonly provider: string;
  /** Whether this role may open postbacks and see their verdicts. */
  readonly mayOpen: boolean;
  readonly maySeeRaw: boolean;
  /** In what a postback that changed nothing differs from the one before it, by its id. */
  readonly diffs: ReadonlyMap<string, BodyDiff>;
}

interface TimelineProps extends TimelineView {
  readonly page: TimelinePage;
  /** Whether newer entries stand on another page. */
  readonly later: boolean;
  /** What stands above the entries. */
  readonly children?: ReactElement;
}

/** What was said and done about this invoice, newest first, and what each message changed. */
export function Timeline({ page, later, children, ...view }: TimelineProps): ReactElement {
  const t = useTranslations('invoicePage.timeline');
  const { entries, earlier } = page;
  const { here } = view;
  return (
    <Card id="timeline" title={t('title')}>
      <div className="grid gap-5">
        {children}
        {later ? (
          <Link className="text-link text-sm" href={`${here}#timeline`} scroll={false}>
            {t('newest')}
          </Link>
        ) : null}
        {entries.length > 0 ? (
          <ol className="relative grid gap-5 before:absolute before:inset-y-2 before:start-[3px] before:w-px before:bg-line">
            {entries.map((entry) => (
              <Entry entry={entry} key={`${entry.kind} ${entry.id}`} {...view} />
            ))}
          </ol>
        ) : (
          <p className="text-muted text-sm">{t('empty')}</p>
        )}
        {earlier ? (
          <Link
            className="text-link text-sm"
            href={`${here}?before=${encodeURIComponent(writeTimelineCursor(earlier))}#timeline`}
            scroll={false}
          >
            {t('earlier')}
          </Link>
        ) : null}
      </div>
    </Card>
  );
}

function Entry({ entry, ...view }: TimelineView & { readonly entry: TimelineEntry }): ReactElement {
  switch (entry.kind) {
    case 'message':
      return <TimelineMessage message={entry} {...view} />;
    case 'refusal':
      return <TimelineRefusal refusal={entry} {...view} />;
    case 'cash':
      return <TimelineCash clock={view.clock} entry={entry} />;
    case 'note':
    case 'done':
    case 'not_done':
    case 'resolution':
      return <TimelineNote clock={view.clock} entry={entry} />;
  }
}
