'use client';

import { type ReactElement, useState, useTransition } from 'react';
import { Outline } from '@/components/ui/outline';

interface RevealProps {
  readonly masked: string;
  readonly action: () => Promise<string | null>;
  readonly words: { readonly show: string; readonly showField: string; readonly failed: string };
}

const EYE =
  'M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0M9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0';

/** A masked value and the button that shows it; the server writes down who looked. */
export function Reveal({ masked, action, words }: RevealProps): ReactElement {
  const [shown, setShown] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [pending, start] = useTransition();
  const ask = (): void => {
    if (pending) return;
    start(async () => {
      const value = await action().catch(() => null);
      setShown(value);
      setFailed(value === null);
    });
  };
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-2">
      <bdi aria-live="polite" className="min-w-0 text-ink [overflow-wrap:anywhere]">
        {shown ?? masked}
      </bdi>
      {shown === null ? (
        <button
          aria-disabled={pending}
          aria-label={words.showField}
          className="inline-flex h-6 items-center gap-1 rounded-control px-1.5 text-muted text-xs hover:bg-hover hover:text-ink aria-disabled:opacity-55"
          onClick={ask}
          title={words.showField}
          type="button"
        >
          <Outline d={EYE} size={13} />
          {words.show}
        </button>
      ) : null}
      {failed ? <span className="text-bad text-xs">{words.failed}</span> : null}
    </span>
  );
}
