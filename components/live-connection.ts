export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'paused';

export interface LiveHandlers {
  onState(state: LiveState): void;
  /** Something changed, or may have while nobody listened. */
  onChange(): void;
}

const RETRY_MS = [2_000, 5_000, 10_000, 30_000] as const;

/**
 * Listens to `/api/live` until it is closed. `stale`: the page may be older than what the stream will tell, so that
 * it asks for the page anew once it listens.
 */
export function openStream({ onState, onChange }: LiveHandlers, stale: boolean): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;
  let behind = stale;

  const close = (): void => {
    if (retry) clearTimeout(retry);
    retry = null;
    source?.close();
    source = null;
  };

  /** An answer other than a stream ends an EventSource for good; signed out, the page itself must say so. */
  const afterRefusal = async (refused: EventSource): Promise<void> => {
    const answer = await fetch('/api/live', { method: 'HEAD' }).catch(() => null);
    if (source !== refused) return;
    if (answer?.status === 401) return onChange();
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
    failures += 1;
    // Up to half as long again: many screens do not all come back at once.
    retry = setTimeout(connect, wait * (1 + Math.random() / 2));
  };

  function connect(): void {
    close();
    // How long ago the page was asked for: what arrived since is not on it.
    const age = behind ? 0 : Math.round(performance.now());
    const opened = new EventSource(`/api/live?age=${age}`);
    source = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      onState('live');
      if (behind) onChange();
      behind = false;
    });
    opened.addEventListener('changed', onChange);
    opened.addEventListener('ended', onChange);
    opened.addEventListener('error', () => {
      if (source !== opened) return;
      onState('reconnecting');
      if (opened.readyState !== EventSource.CLOSED) return;
      behind = true;
      void afterRefusal(opened);
    });
  }

  connect();
  return close;
}
