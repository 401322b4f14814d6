import { watchAttention } from './live-attention';
import { type LiveHandlers, type LiveState, openStream } from './live-connection';

/** What tabs of one browser tell each other. */
type Message =
  | { readonly is: 'asking' }
  | { readonly is: 'state'; readonly state: LiveState; readonly changedAt: number }
  | { readonly is: 'changed' };

/** Between the moment a page is drawn and that at which it can be told of a change. */
const DRAWN_MS = 2_000;

/**
 * Follows what happens on the server while this tab is visible and, with `restMs`, touched; any other holds nothing. Of
 * all tabs that follow one holds the stream and tells the others: whoever gets the lock. `whose` keeps two members of
 * staff apart.
 */
export function openLive(whose: string, restMs: number | null, handlers: LiveHandlers): () => void {
  let end: (() => void) | null = null;
  let stale = false;
  let resting = false;
  const follow = (): void => {
    if (document.visibilityState === 'visible' && !resting) {
      end ??= 'locks' in navigator ? share(whose, handlers, stale) : openStream(handlers, stale);
      return;
    }
    end?.();
    end = null;
    stale = true;
    handlers.onState('paused');
  };
  const rest = (so: boolean): void => {
    resting = so;
    follow();
  };
  const unwatch = restMs === null ? null : watchAttention(restMs, { rest: () => rest(true), wake: () => rest(false) });
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    unwatch?.();
    document.removeEventListener('visibilitychange', follow);
    end?.();
  };
}

function share(whose: string, { onState, onChange }: LiveHandlers, stale: boolean): () => void {
  const name = `tillbell-live ${whose}`;
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  const drawnAt = Date.now() - performance.now();
  let behind = stale;
  let following = false;
  const tell = (message: Message): void => channel.postMessage(message);

  const hear = ({ state, changedAt }: Extract<Message, { is: 'state' }>): void => {
    onState(state);
    if (state !== 'live') return;
    // What changed before this tab could hear of it.
    if (behind || (!following && changedAt >= drawnAt - DRAWN_MS)) onChange();
    behind = false;
    following = true;
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.is === 'state') hear(data);
    if (data.is === 'changed') onChange();
  };
  tell({ is: 'asking' });

  const lead = (): Promise<void> => {
    // Between two leaders nobody listened.
    const close = leadOver(channel, tell, { onState, onChange }, behind || following);
    return new Promise((resolve) => {
      leaving.signal.addEventListener('abort', () => {
        close();
        resolve();
      });
    });
  };
  navigator.locks.request(name, { signal: leaving.signal }, lead).catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });
  return () => {
    leaving.abort();
    channel.close();
  };
}

/** Holds the stream for all tabs, and answers those that come later. */
function leadOver(
  channel: BroadcastChannel,
  tell: (message: Message) => void,
  { onState, onChange }: LiveHandlers,
  stale: boolean,
): () => void {
  let state: LiveState = 'connecting';
  let changedAt = 0;
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.is === 'asking') tell({ is: 'state', state, changedAt });
  };
  const toAll: LiveHandlers = {
    onState: (next) => {
      state = next;
      onState(next);
      tell({ is: 'state', state, changedAt });
    },
    onChange: () => {
      changedAt = Date.now();
      onChange();
      tell({ is: 'changed' });
    },
  };
  return openStream(toAll, stale);
}
