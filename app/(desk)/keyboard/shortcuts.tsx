'use client';

import { useRouter } from 'next/navigation';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { isTyping } from '@/components/list-rows';

interface ShortcutsProps {
  /** Where `g` and one more letter lead. */
  readonly places: Readonly<Record<string, string>>;
  readonly title: string;
  readonly close: string;
  /** The help, drawn on the server. */
  readonly children: ReactNode;
}

/** The second letter has to follow the `g` within this. */
const PATIENCE_MS = 1_200;

/** `g i` and the like, and `?` for the help. */
export function Shortcuts({ places, title, close, children }: ShortcutsProps): ReactElement {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const began = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      const follows = event.timeStamp - began.current < PATIENCE_MS;
      const place = follows ? places[event.key] : undefined;
      began.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (place !== undefined) router.push(place);
      if (event.key === '?') dialog.current?.showModal();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [places, router]);
  return (
    <dialog
      aria-label={title}
      className="m-auto w-[calc(100%-1.5rem)] max-w-sm rounded-panel border border-line bg-surface p-5 text-ink shadow-menu backdrop:bg-canvas/70"
      onMouseDown={(event) => event.target === dialog.current && dialog.current?.close()}
      ref={dialog}
    >
      <h2 className="mb-3 font-medium text-base">{title}</h2>
      {children}
      <form className="mt-4 text-end" method="dialog">
        <button
          className="h-8 rounded-control border border-line-strong px-3 font-medium text-sm hover:bg-sunken"
          type="submit"
        >
          {close}
        </button>
      </form>
    </dialog>
  );
}
