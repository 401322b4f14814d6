'use client';

import { type ReactElement, type ReactNode, useState, useTransition } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Link } from '@/components/ui/link';
import type { RecheckProgress } from './recheck-actions';

interface RecheckButtonProps {
  /** Nothing is left to check: only the result of a check that ended is shown. */
  readonly isDone: boolean;
  readonly action: (soFar: RecheckProgress | null) => Promise<RecheckProgress>;
  readonly words: { readonly submit: string; readonly stopped: string; readonly log: string };
  readonly logHref: string;
  readonly children: ReactNode;
}

/** Goes on step by step while something is left, and says how far it is. */
export function RecheckButton({ isDone, action, words, logHref, children }: RecheckButtonProps): ReactElement | null {
  const [progress, setProgress] = useState<RecheckProgress | null>(null);
  const [pending, start] = useTransition();
  if (isDone && progress === null) return null;
  const run = (): void => {
    if (pending) return;
    start(async () => {
      let step: RecheckProgress | null = null;
      do {
        const before: RecheckProgress | null = step;
        step = await action(before).catch(
          (): RecheckProgress => ({ state: 'failed', checked: 0, accepted: 0, text: words.stopped }),
        );
        setProgress(step);
      } while (step.state === 'more');
    });
  };
  const look = progress?.state === 'failed' ? 'border-bad/25 bg-bad-soft' : 'border-good/25 bg-good-soft';
  return (
    <section
      className={`text-ink text-sm ${isDone ? '' : 'rounded-panel border border-attention/30 bg-attention-soft px-4 py-3'}`}
      id="recheck"
    >
      {isDone ? null : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <div className="min-w-0 flex-1 basis-64">{children}</div>
          <button aria-disabled={pending} className={buttonClass('primary')} onClick={run} type="button">
            {words.submit}
          </button>
        </div>
      )}
      <div aria-live="polite">
        {progress ? (
          <p
            className={`flex flex-wrap gap-x-4 gap-y-1 rounded-control border px-3 py-1.5 ${isDone ? '' : 'mt-3'} ${look}`}
            data-recheck={progress.state}
          >
            <span className="min-w-0 flex-1 basis-48 break-words">{progress.text}</span>
            {progress.state === 'more' ? null : (
              <Link className="text-link" href={logHref}>
                {words.log}
              </Link>
            )}
          </p>
        ) : null}
      </div>
    </section>
  );
}
