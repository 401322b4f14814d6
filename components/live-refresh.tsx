'use client';

import { useRouter } from 'next/navigation';
import { type ReactElement, useEffect, useRef, useState, useTransition } from 'react';
import type { LiveState } from './live-connection';
import { openLive } from './live-tabs';

interface LiveRefreshProps {
  /** One for each state of the connection. */
  readonly words: Readonly<Record<LiveState, string>>;
  /** Who listens: tabs of one member share one stream. */
  readonly whose: string;
  /** After how long untouched it stops listening; null: never. */
  readonly restMs: number | null;
}

/** At most three a second, however much arrives. */
const APART_MS = 350;
/** A page that takes long to draw takes half of the time at most. */
const REST = 1;

const DOT = {
  connecting: 'bg-line-strong',
  live: 'bg-good',
  reconnecting: 'bg-attention animate-breathe',
  paused: 'bg-line-strong',
} as const satisfies Record<LiveState, string>;

/** Draws the page anew when something changed on the server, and says whether it is listening. */
export function LiveRefresh({ words, whose, restMs }: LiveRefreshProps): ReactElement {
  const [state, setState] = useState<LiveState>('connecting');
  const refresh = useRefresh();
  useEffect(() => openLive(whose, restMs, { onState: setState, onChange: refresh }), [whose, restMs, refresh]);
  return (
    <span className="inline-flex items-center gap-1.5 text-muted text-xs" data-live={state} role="status">
      <span aria-hidden="true" className={`size-2 rounded-full ${DOT[state]}`} />
      {words[state]}
    </span>
  );
}

/** One refresh at a time; what is asked for meanwhile is one more. */
function useRefresh(): () => void {
  const router = useRouter();
  const [busy, start] = useTransition();
  const wanted = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const began = useRef(0);
  const earliest = useRef(0);
  const running = useRef(false);

  const [request] = useState(() => (): void => {
    wanted.current = true;
    if (timer.current || running.current) return;
    const wait = Math.max(30, earliest.current - Date.now());
    timer.current = setTimeout(() => {
      timer.current = null;
      wanted.current = false;
      running.current = true;
      began.current = Date.now();
      start(() => router.refresh());
    }, wait);
  });

  useEffect(() => {
    if (busy) return;
    const ended = Date.now();
    if (running.current) earliest.current = Math.max(began.current + APART_MS, ended + (ended - began.current) * REST);
    running.current = false;
    if (wanted.current) request();
  }, [busy, request]);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return request;
}
