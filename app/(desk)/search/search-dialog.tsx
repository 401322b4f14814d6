'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type ReactElement, useId, useRef, useState } from 'react';
import { closeOverlay, Overlay } from '@/components/ui/overlay';
import type { Hit } from '@/lib/search/find';
import { SearchResults } from './search-results';
import type { SearchWords } from './search-words';
import { type Found, useSearch } from './use-search';

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
  const hits = hitsOf(found);
  const [chosen, setChosen] = useState(0);
  const current = Math.min(chosen, Math.max(0, hits.length - 1));

  const go = (href: string): void => {
    closeOverlay(box.current);
    router.push(href);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setChosen((current + step + hits.length) % hits.length);
    }
    const hit = hits[current];
    if (event.key === 'Enter' && hit && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(`/invoices/${hit.id}`);
    }
  };

  return (
    <Overlay
      className="mx-auto mt-[8vh] w-[calc(100%-1.5rem)] max-w-xl overflow-hidden"
      label={words.label}
      onClose={close}
    >
      <input
        aria-activedescendant={hits.length > 0 ? `${list}-${current}` : undefined}
        aria-autocomplete="list"
        aria-controls={list}
        aria-expanded={hits.length > 0}
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

function hitsOf(found: Found): readonly Hit[] {
  return found.state === 'found' ? found.groups.flatMap((group) => group.hits) : [];
}
