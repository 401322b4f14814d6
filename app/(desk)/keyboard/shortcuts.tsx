'use client';

import { useRouter } from 'next/navigation';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { isTyping } from '@/components/list-rows';
import { closeOverlay, isOverlayOpen, Overlay } from '@/components/ui/overlay';

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
export function Shortcuts({ places, title, close, children }: ShortcutsProps): ReactElement | null {
  const router = useRouter();
  const [helps, setHelps] = useState(false);
  const began = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (isOverlayOpen()) return;
      const follows = event.timeStamp - began.current < PATIENCE_MS;
      const place = follows ? places[event.key] : undefined;
      began.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (place !== undefined) router.push(place);
      if (event.key === '?') setHelps(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [places, router]);
  if (!helps) return null;
  return (
    <Overlay
      className="mx-auto mt-[14vh] w-[calc(100%-1.5rem)] max-w-sm p-5"
      label={title}
      onClose={() => setHelps(false)}
    >
      <h2 className="mb-3 font-medium text-base">{title}</h2>
      {children}
      <p className="mt-4 text-end">
        <button
          className="h-8 rounded-control border border-line-strong px-3 font-medium text-sm hover:bg-sunken"
          onClick={(event) => closeOverlay(event.currentTarget)}
          type="button"
        >
          {close}
        </button>
      </p>
    </Overlay>
  );
}
