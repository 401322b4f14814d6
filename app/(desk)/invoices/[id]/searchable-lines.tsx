'use client';

import { type ReactElement, useDeferredValue, useId, useState } from 'react';
import { Input } from '@/components/ui/input';
import type { SentLine } from '@/lib/invoices/sent-lines';
import { Reveal } from './reveal';

interface SearchableLinesProps {
  readonly lines: readonly SentLine[];
  /** Shows what is masked in a line; null where nothing is. */
  readonly reveal?: {
    readonly action: (pointer: string) => Promise<string | null>;
    readonly words: { readonly show: string; readonly showField: string; readonly failed: string };
  };
  readonly words: { readonly label: string; readonly none: string };
}

/** Fewer can be read at a glance. */
const WORTH_SEARCHING = 8;

/** Lines of foreign text and a box that leaves only those with a word in them, each with its whole path. */
export function SearchableLines({ lines, reveal, words }: SearchableLinesProps): ReactElement {
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  const id = useId();
  const placed = lines.map((line, place) => ({ line, place }));
  const found = wanted
    ? placed.filter(({ line }) => `${line.path} ${line.text}`.toLowerCase().includes(wanted))
    : placed;
  return (
    <div className="grid gap-3">
      {lines.length >= WORTH_SEARCHING ? (
        <Input
          aria-controls={id}
          aria-label={words.label}
          className="h-8! max-w-sm"
          onChange={(event) => setTyped(event.target.value)}
          placeholder={words.label}
          type="search"
          value={typed}
        />
      ) : null}
      <ul className="grid min-w-0 gap-px font-mono text-xs leading-5" dir="ltr" id={id}>
        {found.map(({ line, place }) => (
          <li
            className="min-w-0 break-all"
            key={place}
            style={{ paddingInlineStart: wanted ? 0 : `${Math.min(line.depth, 16) * 0.875}rem` }}
          >
            {line.name ? <bdi className="me-2 text-muted">{wanted ? line.path : line.name}</bdi> : null}
            {reveal && line.pointer !== null ? (
              <Reveal
                action={reveal.action.bind(null, line.pointer)}
                masked={line.text}
                words={{ ...reveal.words, showField: reveal.words.showField.replace('{field}', line.path) }}
              />
            ) : (
              <bdi className="text-ink">
                <Marked text={line.text} wanted={wanted} />
              </bdi>
            )}
          </li>
        ))}
      </ul>
      <p className="text-muted text-sm empty:hidden" role="status">
        {wanted && found.length === 0 ? words.none : null}
      </p>
    </div>
  );
}

function Marked({ text, wanted }: { readonly text: string; readonly wanted: string }): ReactElement {
  const at = wanted ? text.toLowerCase().indexOf(wanted) : -1;
  if (at === -1) return <>{text}</>;
  const end = at + wanted.length;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-[2px] bg-attention-soft text-ink">{text.slice(at, end)}</mark>
      {text.slice(end)}
    </>
  );
}
