import type { ReactElement, ReactNode } from 'react';

/** One part of a panel, with its heading. */
export function PanelPart({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="border-line-soft border-t pt-4">
      <h2 className="mb-2.5 font-semibold text-ink text-sm">{title}</h2>
      {children}
    </section>
  );
}
