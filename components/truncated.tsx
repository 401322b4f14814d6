import type { ReactElement } from 'react';
import { clip, visible } from '@/lib/visible';
import { UntrustedText } from './untrusted-text';

/** Text of strangers in a column that may cut it off: whole in its title, for which it lies above the link of its row. */
export function Truncated({ text, most = 48 }: { readonly text: string; readonly most?: number }): ReactElement {
  return (
    <span className="relative z-1" title={visible(clip(text, 500))}>
      <UntrustedText most={most} text={text} />
    </span>
  );
}
