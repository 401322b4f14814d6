import type { ReactElement } from 'react';

interface IdProps {
  readonly value: string;
  /** Characters kept at each end. */
  readonly keep?: number;
  readonly className?: string;
}

/** A long id shortened in the middle, whole in the title. */
export function Id({ value, keep = 6, className = '' }: IdProps): ReactElement {
  const short = value.length > keep * 2 + 1 ? `${value.slice(0, keep)}…${value.slice(-keep)}` : value;
  return (
    <span className={`font-mono text-[0.92em] ${className}`} title={value}>
      {short}
    </span>
  );
}
