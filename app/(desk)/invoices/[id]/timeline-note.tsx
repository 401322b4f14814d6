import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import type { DoneEntry } from '@/lib/invoices/done-marks';
import type { NoteEntry } from '@/lib/invoices/notes';
import type { ResolutionEntry } from '@/lib/invoices/resolutions';
import { clip, visible } from '@/lib/visible';
import { TimelineItem } from './timeline-item';

/** Title and colour of the dot. */
const LOOK = {
  note: ['noteBy', 'bg-accent'],
  resolution: ['resolvedBy', 'bg-good'],
  done: ['doneBy', 'bg-good'],
  not_done: ['notDoneBy', 'bg-attention'],
} as const satisfies Record<NoteProps['entry']['kind'], readonly [string, string]>;

interface NoteProps {
  readonly entry: NoteEntry | DoneEntry | ResolutionEntry;
  readonly clock: Clock;
}

/** What a colleague wrote: text and nothing else. */
export function TimelineNote({ entry, clock }: NoteProps): ReactElement {
  const t = useTranslations('invoicePage.timeline');
  const { kind, at, text, author } = entry;
  const [title, dot] = LOOK[kind];
  const name = visible(clip(author, 80));
  return (
    <TimelineItem at={at} clock={clock} dot={dot} title={<bdi>{t(title, { name })}</bdi>}>
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
