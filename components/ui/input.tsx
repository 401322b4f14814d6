import type { ComponentProps, ReactElement } from 'react';

const BOX =
  'w-full rounded-control border border-line-strong bg-field text-ink shadow-xs transition-colors placeholder:text-faint hover:border-muted disabled:opacity-55 aria-invalid:border-bad';

/** 16 px on a phone, or its browser zooms into the field. */
const TEXT = 'text-base sm:text-sm';

export function Input({ className = '', ...rest }: ComponentProps<'input'>): ReactElement {
  return <input className={`${BOX} ${TEXT} h-9 px-3 ${className}`} {...rest} />;
}

export function Textarea({ className = '', ...rest }: ComponentProps<'textarea'>): ReactElement {
  return <textarea className={`${BOX} ${TEXT} min-h-24 px-3 py-2 ${className}`} {...rest} />;
}

export function Select({ className = '', ...rest }: ComponentProps<'select'>): ReactElement {
  return <select className={`${BOX} ${TEXT} select-arrow h-9 ps-3 pe-8 ${className}`} {...rest} />;
}
