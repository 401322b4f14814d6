'use client';

import { useEffect, useState } from 'react';
import type { Claims } from '@/lib/search/claims';
import type { Group } from '@/lib/search/find';

export type Found =
  | { readonly state: 'idle' }
  | { readonly state: 'found'; readonly text: string; readonly groups: readonly Group[]; readonly claims: Claims }
  | { readonly state: 'failed' | 'signedOut' };

/** Long enough that a fast typist asks once a word, short enough not to be noticed. */
const PAUSE_MS = 90;

/** What is found for the text; meanwhile what was found before, so that nothing flickers. */
export function useSearch(text: string): Found {
  const [found, setFound] = useState<Found>({ state: 'idle' });
  const asked = text.trim();
  useEffect(() => {
    if (asked === '') {
      setFound({ state: 'idle' });
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      void ask(asked, abort.signal).then((answer) => {
        if (!abort.signal.aborted) setFound(answer);
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked]);
  return found;
}

async function ask(text: string, signal: AbortSignal): Promise<Found> {
  try {
    const answer = await fetch(`/api/search?q=${encodeURIComponent(text)}`, { signal, cache: 'no-store' });
    if (answer.status === 401) return { state: 'signedOut' };
    if (!answer.ok) return { state: 'failed' };
    const { groups, claims }: { readonly groups: readonly Group[]; readonly claims: Claims } = await answer.json();
    return { state: 'found', text, groups, claims };
  } catch {
    // Aborted, which nobody waits for, or the network is gone, which the box says.
    return { state: 'failed' };
  }
}
