import type { Access } from '@/lib/staff/access';
import { type CashReceiptEntry, listCashReceipts } from './cash-receipts';
import { type DoneEntry, listDoneMarks } from './done-marks';
import { listNotes, type NoteEntry } from './notes';
import { listRefusals, type RefusalEntry } from './refusals';
import { listResolutions, type ResolutionEntry } from './resolutions';
import { newerFirst, type TimelineCursor } from './timeline-cursor';
import { listMessages, type MessageEntry } from './timeline-messages';

/** One thing that happened to an invoice; a further source is a further kind with a reader of its own. */
export type TimelineEntry = MessageEntry | CashReceiptEntry | NoteEntry | DoneEntry | ResolutionEntry | RefusalEntry;

export interface TimelinePage {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  /** Where the earlier ones begin; null when these are the first. */
  readonly earlier: TimelineCursor | null;
}

export const TIMELINE_PAGE = 25;

/** A page of everything that was said and done about an invoice; reads no more than it shows, however much there is. */
export async function readTimeline(
  access: Access,
  invoiceId: string,
  before: TimelineCursor | null,
): Promise<TimelinePage> {
  const request = { invoiceId, before, limit: TIMELINE_PAGE + 1 };
  const [messages, receipts, notes, marks, resolutions, refusals] = await Promise.all([
    listMessages(access, request),
    listCashReceipts(access, request),
    listNotes(access, request),
    listDoneMarks(access, request),
    listResolutions(access, request),
    listRefusals(access, request),
  ]);
  const found: TimelineEntry[] = [...messages, ...receipts, ...notes, ...marks, ...resolutions, ...refusals];
  found.sort(newerFirst);
  const entries = found.slice(0, TIMELINE_PAGE);
  const last = entries.at(-1);
  const earlier = found.length > TIMELINE_PAGE && last ? { at: last.at, position: last.position, id: last.id } : null;
  return { entries, earlier };
}
