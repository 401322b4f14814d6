export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'paused';

interface LiveHandlers {
  onState(state: LiveState): void;
  /** Something changed, or may have while nobody listened. */
  onChange(): void;
}

const RETRY_MS = [2_000, 5_000, 10_000, 30_000] as const;

/** Listens to `/api/live` while the tab is visible. A hidden tab holds no stream; returns the end of it all. */
export function openLive({ onState, onChange }: LiveHandlers): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;
  /** True once the page may be older than what the stream will tell. */
  let stale = false;

  const close = (): void => {
    if (retry) clearTimeout(retry);
    retry = null;
    source?.close();
    source = null;
  };

  /** An answer other than a stream ends an EventSource for good; signed out, the page itself must say so. */
  const afterRefusal = async (): Promise<void> => {
    const answer = await fetch('/api/live', { method: 'HEAD' }).catch(() => null);
    if (answer?.status === 401) return onChange();
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    failures += 1;
    retry = setTimeout(connect, wait);
  };

  function connect(): void {
    close();
    // How long ago the page was asked for: what arrived since is not on it.
    const age = stale ? 0 : Math.round(performance.now());
    const opened = new EventSource(`/api/live?age=${age}`);
    source = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      onState('live');
      if (stale) onChange();
      stale = false;
    });
    opened.addEventListener('changed', onChange);
    opened.addEventListener('ended', onChange);
    opened.addEventListener('error', () => {
      if (source !== opened) return;
      onState('reconnecting');
      if (opened.readyState !== EventSource.CLOSED) return;
      stale = true;
      void afterRefusal();
    });
  }

  const followVisibility = (): void => {
    if (document.visibilityState === 'visible') {
      if (!source) connect();
      return;
    }
    close();
    stale = true;
    onState('paused');
  };

  followVisibility();
  document.addEventListener('visibilitychange', followVisibility);
  return () => {
    document.removeEventListener('visibilitychange', followVisibility);
    close();
  };
}
