import { isUuid } from '@/lib/cursor';
import { readTimelineCursor, type TimelineCursor } from '@/lib/invoices/timeline-cursor';
import type { Params } from '@/lib/query-string';

/** What the address asks of this page beyond the invoice. Whatever cannot be used is as good as not there. */
export interface View {
  /** Where the shown page of the timeline begins, as read and as written. */
  readonly before: TimelineCursor | null;
  readonly beforeText: string | null;
  readonly allItems: boolean;
  /** The raw bodies that are wanted. */
  readonly first: string | null;
  readonly second: string | null;
}

export function readView(params: Params): View {
  const one = (name: string): string | undefined => {
    const value = params[name];
    return typeof value === 'string' ? value : undefined;
  };
  const id = (name: string): string | null => {
    const value = one(name);
    return value !== undefined && isUuid(value) ? value : null;
  };
  const before = readTimelineCursor(one('before'));
  return {
    before,
    beforeText: before ? (one('before') ?? null) : null,
    allItems: one('items') === 'all',
    first: id('body'),
    second: id('with'),
  };
}
