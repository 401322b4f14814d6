'use client';

import Link from 'next/link';
import { type ReactElement, useEffect, useRef } from 'react';
import { dayAndYear } from '@/components/ui/clock';
import { groupDigits, trimZeros } from '@/components/ui/digits';
import type { Group, Hit } from '@/lib/search/find';
import { clip, visible } from '@/lib/visible';
import type { SearchWords } from './search-words';
import type { Found } from './use-search';

interface SearchResultsProps {
  readonly found: Found;
  readonly list: string;
  /** Which of all hits the keys have reached. */
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly go: (href: string) => void;
  readonly words: SearchWords;
  readonly locale: string;
  readonly zone: string;
}

export function SearchResults(props: SearchResultsProps): ReactElement {
  const { found, words, list } = props;
  if (found.state !== 'found') {
    const sentence = found.state === 'idle' ? words.hint : words[found.state];
    return (
      <p className="px-4 py-3 text-muted text-sm" id={list} role={found.state === 'idle' ? undefined : 'alert'}>
        {sentence}
      </p>
    );
  }
  if (found.groups.length === 0) return <Nothing {...props} />;
  const starts = found.groups.map((_, index) =>
    found.groups.slice(0, index).reduce((sum, { hits }) => sum + hits.length, 0),
  );
  return (
    <div className="max-h-[60vh] overflow-y-auto p-1.5">
      <div aria-label={words.label} id={list} role="listbox">
        {found.groups.map((group, index) => (
          <HitGroup {...props} group={group} key={group.kind} start={starts[index] ?? 0} />
        ))}
      </div>
      <Link
        className="block rounded-control px-2.5 py-2 text-accent text-sm hover:bg-hover"
        href={`/invoices?q=${encodeURIComponent(found.text)}`}
        onClick={(event) => {
          event.preventDefault();
          props.go(`/invoices?q=${encodeURIComponent(found.text)}`);
        }}
      >
        {words.all}
      </Link>
    </div>
  );
}

function Nothing({ words, list, go }: SearchResultsProps): ReactElement {
  return (
    <div className="px-4 py-3 text-sm" id={list} role="status">
      <p className="font-medium">{words.none}</p>
      {words.toPostbacks ? (
        <p className="mt-1 text-muted">
          {words.noneNext}{' '}
          <button className="text-link" onClick={() => go('/postbacks')} type="button">
            {words.toPostbacks}
          </button>
        </p>
      ) : null}
    </div>
  );
}

interface HitGroupProps extends SearchResultsProps {
  readonly group: Group;
  /** How many hits stand above this group. */
  readonly start: number;
}

function HitGroup({ group, start, ...props }: HitGroupProps): ReactElement {
  const { words, list } = props;
  const heading = `${list}-${group.kind}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox has groups of options, for which HTML has no element.
    <div aria-labelledby={heading} role="group">
      <p className="px-2.5 pt-2 pb-1 font-medium text-muted text-xs" id={heading}>
        {words.kinds[group.kind]}
        {group.more ? <span className="ms-1 font-normal">· {words.more}</span> : null}
      </p>
      {group.hits.map((hit, index) => (
        <Option {...props} hit={hit} index={start + index} key={hit.id} />
      ))}
    </div>
  );
}

function Option({
  hit,
  index,
  ...props
}: Omit<SearchResultsProps, 'found'> & { readonly hit: Hit; readonly index: number }): ReactElement {
  const { chosen, onChoose, go, list, words, locale, zone } = props;
  const option = useRef<HTMLDivElement>(null);
  const selected = index === chosen;
  useEffect(() => {
    if (selected) option.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are taken by the combobox that owns this list.
    // biome-ignore lint/a11y/useFocusableInteractive: it is reached by aria-activedescendant.
    <div
      aria-selected={selected}
      className="grid cursor-pointer grid-cols-[minmax(6rem,1fr)_minmax(0,max-content)] gap-x-3 rounded-control px-2.5 py-1.5 aria-selected:bg-hover"
      id={`${list}-${index}`}
      onClick={(event) =>
        event.ctrlKey || event.metaKey ? window.open(`/invoices/${hit.id}`) : go(`/invoices/${hit.id}`)
      }
      onMouseMove={() => onChoose(index)}
      ref={option}
      role="option"
    >
      <span className="truncate font-medium text-sm">
        <bdi>{hit.orderId ? visible(clip(hit.orderId, 60)) : words.noOrder}</bdi>
        <span className="ms-2 font-mono font-normal text-muted text-xs">
          {visible(clip(hit.providerInvoiceId, 40))}
        </span>
      </span>
      <span className="text-end font-medium text-sm tabular-nums [overflow-wrap:anywhere]">
        {hit.amount ? groupDigits(trimZeros(hit.amount), locale) : '—'}
        <span className="ms-1 font-normal text-muted">{hit.currency ? visible(clip(hit.currency, 16)) : ''}</span>
      </span>
      <span className="truncate text-muted text-xs">
        <bdi>{hit.customerName ? `${visible(clip(hit.customerName, 40))} · ` : ''}</bdi>
        <bdi>{visible(clip(hit.project, 40))}</bdi> · {dayAndYear(hit.createdAt, zone, locale)}
      </span>
      <span className="text-end text-muted text-xs">
        {hit.isTest ? `${words.test} · ` : ''}
        {words.statuses[hit.status] ?? visible(clip(hit.statusRaw, 24))}
      </span>
    </div>
  );
}
