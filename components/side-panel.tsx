'use client';

import Link from 'next/link';
import { type ReactElement, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useOpenRow } from './panel-address';
import { Outline } from './ui/outline';

/** One row of a list as it stands beside it, drawn on the server. */
export interface Panel {
  /** The address of its own page, where it has one. */
  readonly full: string | null;
  readonly body: ReactNode;
}

export interface OpenPanel extends Panel {
  readonly id: string;
}

interface SidePanelProps {
  /** What the page was asked for with; null: without one. */
  readonly given: OpenPanel | null;
  /** Asks the server for another row, without the list around it. */
  readonly open: (id: string) => Promise<Panel>;
  /** `label`: what stands open, for people who cannot see it. */
  readonly words: { readonly label: string; readonly full: string; readonly close: string };
  /** Stands in it until the row was read. */
  readonly loading: ReactNode;
}

const BUTTON =
  'inline-flex h-8 items-center gap-1.5 rounded-control px-2.5 font-medium text-muted text-xs hover:bg-hover hover:text-ink';
const MAXIMIZE = 'M15 3h6v6M21 3l-7 7M3 21l7-7M9 21H3v-6';
const CROSS = 'M18 6 6 18M6 6l12 12';

/** The row of the list that the address names, open beside it. On a phone it covers the list. */
export function SidePanel({ given, open, words, loading }: SidePanelProps): ReactElement | null {
  const id = useOpenRow();
  const shown = useShown(id, given, open);
  if (id === null) return null;
  return (
    <aside
      aria-label={words.label}
      className="fixed inset-y-0 end-0 z-40 flex w-full animate-panel flex-col border-line bg-surface shadow-menu focus-visible:outline-none md:max-w-md md:border-s"
      data-side-panel={id}
      tabIndex={-1}
    >
      <header className="flex shrink-0 items-center justify-between gap-2 border-line border-b px-2.5 py-2">
        {shown?.full ? (
          <Link className={BUTTON} href={shown.full} prefetch={false}>
            <Outline d={MAXIMIZE} size={14} />
            {words.full}
          </Link>
        ) : (
          <span />
        )}
        <button className={BUTTON} data-panel-close="" type="button">
          {words.close}
          <Outline d={CROSS} size={15} />
        </button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4 pb-10" key={id}>
        <Suspense fallback={loading}>{shown ? shown.body : loading}</Suspense>
      </div>
    </aside>
  );
}

/** What the server last said of this row; null until it has. A live change of the page brings it anew. */
function useShown(id: string | null, given: OpenPanel | null, open: SidePanelProps['open']): Panel | null {
  const [shown, setShown] = useState(given);
  const [last, setLast] = useState(given);
  if (given !== last) {
    setLast(given);
    if (given) setShown(given);
  }
  const known = useRef({ id, given });
  useEffect(() => {
    const before = known.current;
    known.current = { id, given };
    const came = given !== before.given && given?.id === id;
    if (id === before.id || id === null || came) return;
    open(id).then(
      (panel) => {
        if (known.current.id === id) setShown({ id, ...panel });
      },
      // The same address as a page says what is wrong: signed out, not theirs, not reached.
      () => window.location.reload(),
    );
  }, [id, given, open]);
  return shown?.id === id ? shown : null;
}
