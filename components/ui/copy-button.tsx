'use client';

import { type ReactElement, useEffect, useState } from 'react';
import { buttonClass } from './button-class';
import { writeText } from './clipboard';
import { Outline } from './outline';

interface CopyButtonProps {
  readonly value: string;
  /** What the button does ("Copy"); shown, or with `compact` only spoken. */
  readonly label: string;
  /** What it says afterwards ("Copied"). */
  readonly copied: string;
  /** Only the icon. */
  readonly compact?: boolean;
}

const CHECK = 'M20 6 9 17l-5-5';
const COPY =
  'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2zM4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2';
const SHOWN_FOR = 2000;

export function CopyButton({ value, label, copied, compact = false }: CopyButtonProps): ReactElement {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [done]);

  const copy = async (): Promise<void> => {
    await writeText(value);
    setDone(true);
  };

  const icon = <Outline className={done ? 'text-good' : ''} d={done ? CHECK : COPY} size={14} />;
  if (compact) {
    return (
      <button
        className="inline-grid size-6 place-items-center rounded-control align-middle text-muted hover:bg-hover hover:text-ink"
        onClick={copy}
        title={done ? copied : label}
        type="button"
      >
        {icon}
        <span aria-live="polite" className="sr-only">
          {done ? copied : label}
        </span>
      </button>
    );
  }
  return (
    <button className={buttonClass('secondary', 'medium')} onClick={copy} type="button">
      {icon}
      {/* Both words lie in one cell, so the button keeps its width. */}
      <span aria-live="polite" className="grid">
        <span className={`col-start-1 row-start-1 ${done ? 'invisible' : ''}`}>{label}</span>
        <span className={`col-start-1 row-start-1 ${done ? '' : 'invisible'}`}>{copied}</span>
      </span>
    </button>
  );
}
