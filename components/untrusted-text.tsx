import type { ReactElement } from 'react';
import { clip, visible } from '@/lib/visible';

interface UntrustedTextProps {
  readonly text: string;
  /** Longest shown; more stands in the title. */
  readonly most?: number;
  readonly className?: string;
}

const LONGEST_TITLE = 500;

/** Text that strangers wrote: never a link, its direction kept inside itself, what is invisible made visible. */
export function UntrustedText({ text, most = 120, className }: UntrustedTextProps): ReactElement {
  const shown = visible(clip(text, most));
  return (
    <bdi className={className} title={text.length > most ? visible(clip(text, LONGEST_TITLE)) : undefined}>
      {shown}
    </bdi>
  );
}
