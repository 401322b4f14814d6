import type { ReactElement } from 'react';

/** The till's bell and the name. */
export function Brand({ name, compact = false }: { readonly name: string; readonly compact?: boolean }): ReactElement {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-[0.9375rem] text-ink tracking-tight">
      <svg aria-hidden="true" className="shrink-0" fill="none" height="22" viewBox="0 0 24 24" width="22">
        <path className="fill-brass" d="M12 5.2a7.3 7.3 0 0 0-7.3 7.3v3.1h14.6v-3.1A7.3 7.3 0 0 0 12 5.2Z" />
        <path className="stroke-ink" d="M12 5V2.8M10 2.6h4M2.8 18.6h18.4" strokeLinecap="round" strokeWidth="2" />
      </svg>
      <span className={compact ? 'md:max-lg:sr-only' : ''}>{name}</span>
    </span>
  );
}
