import type { ReactElement } from 'react';

interface OutlineProps {
  /** Path data on a 24-unit grid. */
  readonly d: string;
  readonly size?: number;
  readonly className?: string;
}

/** Draws one outline. Client leaves use this with their own path, so that the browser does not load every icon. */
export function Outline({ d, size = 16, className }: OutlineProps): ReactElement {
  return (
    <svg
      aria-hidden="true"
      className={className ? `shrink-0 ${className}` : 'shrink-0'}
      fill="none"
      focusable="false"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth={1.75}
      viewBox="0 0 24 24"
      width={size}
    >
      <path d={d} />
    </svg>
  );
}
