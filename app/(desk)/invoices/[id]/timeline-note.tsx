import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import type { NoteEntry } from '@/lib/invoices/notes';
import type { ResolutionEntry } from '@/lib/invoices/resolutions';
import { clip, visible } from '@/lib/visible';
import { TimelineItem } from './timeline-item';

interface NoteProps {
  readonly entry: NoteEntry | ResolutionEntry;
  readonly clock: Clock;
}

/** What a colleague wrote: text and nothing else. */
export function TimelineNote({ entry, clock }: NoteProps): ReactElement {
  const t = useTranslations('invoicePage.timeline');
  const { kind, at, text, author } = entry;
  const name = visible(clip(author, 80));
  const resolved = kind === 'resolution';
  return (
    <TimelineItem
      at={at}
      clock={clock}
      dot={resolved ? 'bg-good' : 'bg-accent'}
      title={<bdi>{t(resolved ? 'resolvedBy' : 'noteBy', { name })}</bdi>}
    >
      {text === '' ? null : (
        <p
          className="whitespace-pre-wrap rounded-control bg-sunken px-3 py-2 text-ink text-sm [overflow-wrap:anywhere]"
          dir="auto"
        >
          {visible(text)}
        </p>
      )}
    </TimelineItem>
  );
}
