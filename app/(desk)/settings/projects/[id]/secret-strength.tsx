'use client';

import { type ReactElement, type ReactNode, useState } from 'react';
import { gradeSecret, type Strength } from '@/lib/projects/strength';

interface SecretStrengthProps {
  readonly label: string;
  readonly words: Readonly<Record<Strength, string>>;
  /** The field that is typed into. */
  readonly children: ReactNode;
}

const LOOK = { weak: 'text-bad', fair: 'text-ink', strong: 'text-good' } as const satisfies Record<Strength, string>;

/** Says how hard what is typed would be to guess; it does not leave the browser for that. */
export function SecretStrength({ label, words, children }: SecretStrengthProps): ReactElement {
  const [grade, setGrade] = useState<Strength | null>(null);
  const read = (target: EventTarget): void => {
    if (!(target instanceof HTMLInputElement)) return;
    const typed = target.value.trim();
    setGrade(typed === '' ? null : gradeSecret(typed));
  };
  return (
    <div onInput={({ target }) => read(target)}>
      {children}
      <p aria-live="polite" className="mt-1.5 min-h-4 text-muted text-xs">
        {grade === null ? null : (
          <>
            {label}: <span className={`font-medium ${LOOK[grade]}`}>{words[grade]}</span>
          </>
        )}
      </p>
    </div>
  );
}
