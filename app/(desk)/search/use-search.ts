'use client';

import { useEffect, useState } from 'react';
import type { SearchAnswer } from '@/app/api/search/route';

export type Found =
  | { readonly state: 'idle' }
  | ({ readonly state: 'found'; readonly text: string } & SearchAnswer)
  | { readonly state: 'failed' | 'signedOut' };

/** Long enough that a fast typist asks once a word, short enough not to be noticed. */
const PAUSE_MS = 90;
/** Each look for a customer counts, so somebody who types a name or a phone is let come to its end. */
const PAUSE_FOR_PEOPLE_MS = 350;
const MAY_BE_SOMEBODY = /@|\p{L}{4}|(?:\d[\s()+.-]*){7}/u;

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
    const timer = setTimeout(
      () => {
        void ask(asked, abort.signal).then((answer) => {
          if (!abort.signal.aborted) setFound(answer);
        });
      },
      MAY_BE_SOMEBODY.test(asked) ? PAUSE_FOR_PEOPLE_MS : PAUSE_MS,
    );
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
    if (!answer.ok && answer.status !== 429) return { state: 'failed' };
    const found: SearchAnswer = await answer.json();
    return { state: 'found', text, ...found };
  } catch {
    // Aborted, which nobody waits for, or the network is gone, which the box says.
    return { state: 'failed' };
  }
}
