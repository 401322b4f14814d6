'use client';

import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { isTyping } from '@/components/list-rows';
import { SearchDialog } from './search-dialog';
import type { SearchWords } from './search-words';

interface SearchBoxProps {
  readonly label: string;
  readonly words: SearchWords;
  readonly locale: string;
  readonly zone: string;
  /** The icon, drawn on the server. */
  readonly children: ReactNode;
}

/**
 * The button that looks like a box; `/` and Ctrl or ⌘ K open it from anywhere. The dialog is here from the start: were it
 * loaded when it is asked for, what a fast typist types meanwhile would go nowhere.
 */
export function SearchBox({ label, words, locale, zone, children }: SearchBoxProps): ReactElement {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
      const isK = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
      if (!isSlash && !isK) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        aria-haspopup="dialog"
        aria-keyshortcuts="/ Control+K Meta+K"
        aria-label={words.label}
        className="flex size-9 items-center justify-center gap-2 rounded-control text-muted text-sm hover:text-ink lg:h-8 lg:w-full lg:justify-start lg:border lg:border-line lg:bg-surface lg:px-2.5 lg:shadow-xs lg:hover:border-line-strong"
        onClick={() => setOpen(true)}
        type="button"
      >
        {children}
        <span className="hidden flex-1 text-start lg:block">{label}</span>
        <kbd className="hidden rounded border border-line px-1 font-sans text-xs lg:block">/</kbd>
      </button>
      {open ? <SearchDialog close={() => setOpen(false)} locale={locale} words={words} zone={zone} /> : null}
    </>
  );
}
