import { MOST_LINES, type SentLine } from '@/lib/invoices/sent-lines';
import { visible } from '@/lib/visible';

/** A text line by line, its indentation as depth. */
export function textLines(text: string): readonly SentLine[] {
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .map((line) => {
      const bare = line.trimStart();
      const depth = Math.floor((line.length - bare.length) / 2);
      return { depth, name: '', path: '', text: visible(bare), pointer: null };
    });
}
