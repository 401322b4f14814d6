import { isUuid } from '@/lib/cursor';
import { parseInstant } from '@/lib/time';

/** The last entry of a page of the timeline. `position` tells postbacks of one moment apart, 0 for everything else. */
export interface TimelineCursor {
  readonly at: string;
  readonly position: number;
  readonly id: string;
}

export function writeTimelineCursor({ at, position, id }: TimelineCursor): string {
  return `${at}_${position}_${id}`;
}

/** Null for anything that is not one of ours. */
export function readTimelineCursor(text: string | undefined): TimelineCursor | null {
  const [at = '', position = '', id = '', ...rest] = (text ?? '').slice(0, 100).split('_');
  if (rest.length > 0 || parseInstant(at) !== at || !/^\d{1,9}$/.test(position) || !isUuid(id)) return null;
  return { at, position: Number(position), id };
}

/** Newest first. */
export function newerFirst(a: TimelineCursor, b: TimelineCursor): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  if (a.position !== b.position) return b.position - a.position;
  return a.id < b.id ? 1 : -1;
}
