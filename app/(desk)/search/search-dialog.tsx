'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type ReactElement, useId, useRef, useState } from 'react';
import { closeOverlay, Overlay } from '@/components/ui/overlay';
import { hrefsOf, SearchResults } from './search-results';
import type { SearchWords } from './search-words';
import { useSearch } from './use-search';

interface SearchDialogProps {
  readonly words: SearchWords;
  readonly locale: string;
  readonly zone: string;
  readonly close: () => void;
}

/** A combobox over the page. */
export function SearchDialog({ words, locale, zone, close }: SearchDialogProps): ReactElement {
  const box = useRef<HTMLInputElement>(null);
  const list = useId();
  const router = useRouter();
  const [text, setText] = useState('');
  const found = useSearch(text);
  const hrefs = found.state === 'found' ? hrefsOf(found) : [];
  const [chosen, setChosen] = useState(0);
  const current = Math.min(chosen, Math.max(0, hrefs.length - 1));

  const go = (href: string): void => {
    closeOverlay(box.current);
    router.push(href);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hrefs.length > 0) {
      event.preventDefault();
      setChosen((current + step + hrefs.length) % hrefs.length);
    }
    const href = hrefs[current];
    if (event.key === 'Enter' && href && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(href);
    }
  };

  return (
    <Overlay
      className="mx-auto mt-[8vh] w-[calc(100%-1.5rem)] max-w-xl overflow-hidden"
      label={words.label}
      onClose={close}
    >
      <input
        aria-activedescendant={hrefs.length > 0 ? `${list}-${current}` : undefined}
        aria-autocomplete="list"
        aria-controls={list}
        aria-expanded={hrefs.length > 0}
        aria-label={words.label}
        autoComplete="off"
        className="h-12 w-full border-line-soft border-b bg-transparent px-4 text-base outline-none placeholder:text-faint"
        maxLength={200}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
        placeholder={words.placeholder}
        ref={box}
        role="combobox"
        spellCheck={false}
        type="text"
        value={text}
      />
      <SearchResults
        chosen={current}
        found={found}
        go={go}
        list={list}
        locale={locale}
        onChoose={setChosen}
        words={words}
        zone={zone}
      />
    </Overlay>
  );
}
