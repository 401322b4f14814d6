import { eventFor, type LiveEvent, lookAgain, subscribe } from '@/lib/live';
import { arrivedSince, changesSince } from '@/lib/live-changes';
import type { Access } from '@/lib/staff/access';
import * as vault from '@/lib/vault';

const HEARTBEAT_MS = 20_000;
/** Platforms end a function after some minutes; ending first lets the browser resume in order. */
export const LIFETIME_MS = 270_000;
/** Streams that began together, with the server, do not end together, nor do all come back at once. */
const SPREAD_MS = 30_000;
const RETRY_MS = 2_000;
/** A page is never listened to for what it saw longer ago than this. */
const LONGEST_AGE_MS = 600_000;
/** Between the moment a postback is stamped and the moment it is committed. */
const COMMIT_MS = 2_000;

/** Events that a reader has not taken: by then it has stopped reading, and what it missed it is told when it comes back. */
const MAX_UNREAD = 200;

export interface Resume {
  /** The fence the browser was last told (`Last-Event-ID`). */
  readonly lastEventId: string | null;
  /** How many milliseconds ago the page was asked for. */
  readonly age: string | null;
}

/** Server-sent events for one member of staff, until they leave or may no longer look. */
export function liveStream(
  access: Access,
  resume: Resume,
  signal: AbortSignal,
  maxUnread = MAX_UNREAD,
): ReadableStream<Uint8Array> {
  /** A stream that its reader cancelled is closed already. */
  let finish = (_end: 'close' | 'cancelled'): void => {};
  return new ReadableStream({
    start: async (controller) => {
      let open = true;
      let unsubscribe = (): void => {};
      const write = (text: string | Uint8Array): void => {
        if (!open) return;
        if ((controller.desiredSize ?? 0) < -maxUnread) leave();
        else controller.enqueue(typeof text === 'string' ? ENCODER.encode(text) : text);
      };
      const leave = (): void => finish('close');
      finish = (end) => {
        if (!open) return;
        open = false;
        unsubscribe();
        clearInterval(heartbeat);
        clearTimeout(lifetime);
        signal.removeEventListener('abort', leave);
        if (end === 'close') controller.close();
      };
      const heartbeat = setInterval(() => write(': \n\n'), HEARTBEAT_MS);
      const lifetime = setTimeout(leave, LIFETIME_MS - Math.random() * SPREAD_MS);
      signal.addEventListener('abort', leave);

      write(`retry: ${Math.round(RETRY_MS * (1 + Math.random()))}\n\n`);
      const subscription = await subscribe({
        access,
        changed: (event) => write(changedText(event)),
        ended: () => {
          write('event: ended\ndata: {}\n\n');
          leave();
        },
      });
      unsubscribe = () => subscription.unsubscribe();
      if (!open || signal.aborted) {
        unsubscribe();
        return leave();
      }
      // An id without data is remembered by the browser and shown to nobody.
      write(`id: ${writeFence(subscription.fence)}\n\n`);
      try {
        const missed = await missedSince(access, resume, subscription.fence);
        if (missed) write(changedText(missed));
      } catch (error) {
        leave();
        throw error;
      }
    },
    cancel: () => finish('cancelled'),
  });
}

const FENCE_OWNER = 'live:fence';

/** As the browser keeps it. Sealed, because the number grows with every write, whichever project it is in. */
function writeFence(fence: bigint | string): string {
  const { sealed, keyId } = vault.seal(String(fence), FENCE_OWNER);
  return `${keyId}.${Buffer.from(sealed).toString('base64url')}`;
}

/** Null for one that is not ours, or that a key sealed which is gone. */
function readFence(text: string): bigint | null {
  const [keyId = '', sealed = ''] = text.split('.');
  try {
    return BigInt(Buffer.from(vault.open({ sealed: Buffer.from(sealed, 'base64url'), keyId }, FENCE_OWNER)).toString());
  } catch {
    return null;
  }
}

const ENCODER = new TextEncoder();
const texts = new WeakMap<LiveEvent, Uint8Array>();

/** The same bytes for every stream that is told of it: there may be hundreds. */
function changedText(event: LiveEvent): Uint8Array {
  const { fence, invoices, postbacks } = event;
  const text =
    texts.get(event) ??
    ENCODER.encode(`event: changed\nid: ${writeFence(fence)}\ndata: ${JSON.stringify({ invoices, postbacks })}\n\n`);
  texts.set(event, text);
  return text;
}

/** What happened between what the browser last knew and the moment this stream began to be told. */
async function missedSince(access: Access, { lastEventId, age }: Resume, fence: bigint): Promise<LiveEvent | null> {
  if (lastEventId === null) return arrivedWhileLoading(access, age, fence);
  const last = readFence(lastEventId);
  if (last === null || last > fence) return lookAgain(fence);
  return eventFor(access, fence, await changesSince(last, []));
}

async function arrivedWhileLoading(access: Access, age: string | null, fence: bigint): Promise<LiveEvent | null> {
  if (age === null || !/^\d{1,9}$/.test(age)) return null;
  const since = Date.now() - Math.min(Number(age), LONGEST_AGE_MS) - COMMIT_MS;
  return (await arrivedSince(access, new Date(since))) ? lookAgain(fence) : null;
}
