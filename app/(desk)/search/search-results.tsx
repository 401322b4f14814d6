'use client';

import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { dayAndYear } from '@/components/ui/clock';
import { groupDigits, trimZeros } from '@/components/ui/digits';
import { Link } from '@/components/ui/link';
import type { ClaimHit, Claims } from '@/lib/search/claims';
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
  const { error, groups, claims } = found;
  if (groups.length === 0 && claims.hits.length === 0) {
    return error === undefined ? <Nothing {...props} /> : <Blocked id={list} sentence={error} />;
  }
  const hits = groups.reduce((sum, group) => sum + group.hits.length, 0);
  const query = `q=${encodeURIComponent(found.text)}`;
  const starts = groups.map((_, index) => groups.slice(0, index).reduce((sum, { hits }) => sum + hits.length, 0));
  return (
    <div className="max-h-[60vh] overflow-y-auto p-1.5">
      {error === undefined ? null : <Blocked sentence={error} />}
      <div aria-label={words.label} id={list} role="listbox">
        {groups.map((group, index) => (
          <HitGroup {...props} group={group} key={group.kind} start={starts[index] ?? 0} />
        ))}
        {claims.hits.length > 0 ? <ClaimGroup {...props} claims={claims} start={hits} /> : null}
      </div>
      {groups.length > 0 ? <All {...props} href={`/invoices?${query}`} label={words.all} /> : null}
      {claims.hits.length > 0 ? <All {...props} href={`/postbacks?${query}`} label={words.allClaims} /> : null}
    </div>
  );
}

/** Where the keys lead, in the order in which they stand. */
export function hrefsOf({ groups, claims }: Extract<Found, { state: 'found' }>): readonly string[] {
  return [
    ...groups.flatMap((group) => group.hits.map(({ id }) => `/invoices/${id}`)),
    ...claims.hits.map(({ id }) => `/postbacks/${id}`),
  ];
}

interface AllProps extends SearchResultsProps {
  readonly href: string;
  readonly label: string;
}

function All({ href, label, go }: AllProps): ReactElement {
  return (
    <Link
      className="block rounded-control px-2.5 py-2 text-accent text-sm hover:bg-hover"
      href={href}
      onClick={(event) => {
        event.preventDefault();
        go(href);
      }}
    >
      {label}
    </Link>
  );
}

/** The member's quota is used up; what is found beside customers stands below. */
function Blocked({ sentence, id }: { readonly sentence: string; readonly id?: string }): ReactElement {
  return (
    <p className="px-2.5 py-2 text-attention text-sm" id={id} role="alert">
      {sentence}
    </p>
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
        <Option {...props} href={`/invoices/${hit.id}`} index={start + index} key={hit.id}>
          <InvoiceHit {...props} hit={hit} />
        </Option>
      ))}
    </div>
  );
}

interface ClaimGroupProps extends SearchResultsProps {
  readonly claims: Claims;
  readonly start: number;
}

/** Postbacks that were not taken: what they say is not verified. */
function ClaimGroup({ claims, start, ...props }: ClaimGroupProps): ReactElement {
  const { words, list } = props;
  const heading = `${list}-claims`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox has groups of options, for which HTML has no element.
    <div aria-labelledby={heading} role="group">
      <p className="px-2.5 pt-2 pb-1 font-medium text-muted text-xs" id={heading}>
        {words.claims}
        {claims.more ? <span className="ms-1 font-normal">· {words.more}</span> : null}
      </p>
      {claims.hits.map((hit, index) => (
        <Option {...props} href={`/postbacks/${hit.id}`} index={start + index} key={hit.id}>
          <PostbackHit {...props} hit={hit} />
        </Option>
      ))}
    </div>
  );
}

interface OptionProps extends Omit<SearchResultsProps, 'found'> {
  readonly index: number;
  readonly href: string;
  readonly children: ReactNode;
}

function Option({ index, href, children, ...props }: OptionProps): ReactElement {
  const { chosen, onChoose, go, list } = props;
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
      onClick={(event) => (event.ctrlKey || event.metaKey ? window.open(href) : go(href))}
      onMouseMove={() => onChoose(index)}
      ref={option}
      role="option"
    >
      {children}
    </div>
  );
}

type Shown<Row> = Pick<SearchResultsProps, 'words' | 'locale' | 'zone'> & { readonly hit: Row };

function statusWord({ status, statusRaw, cashOnDelivery }: Hit, words: Shown<Hit>['words']): string {
  const cash = status === 'paid' ? words.cash[cashOnDelivery ?? ''] : undefined;
  return cash ?? words.statuses[status] ?? visible(clip(statusRaw, 24));
}

function InvoiceHit({ hit, words, locale, zone }: Shown<Hit>): ReactElement {
  return (
    <>
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
        {statusWord(hit, words)}
      </span>
    </>
  );
}

function PostbackHit({ hit, words, locale, zone }: Shown<ClaimHit>): ReactElement {
  const { claimedOrderId, claimedInvoiceId, claimedAmount, claimedCurrency, outcome } = hit;
  return (
    <>
      <span className="truncate text-sm">
        <bdi className="font-medium">{claimedOrderId ? visible(clip(claimedOrderId, 60)) : words.noOrder}</bdi>
        {claimedInvoiceId ? (
          <span className="ms-2 font-mono text-muted text-xs">{visible(clip(claimedInvoiceId, 40))}</span>
        ) : null}
      </span>
      <span className="text-end text-muted text-sm italic tabular-nums [overflow-wrap:anywhere]">
        {claimedAmount === null ? '' : visible(clip(claimedAmount, 24))}
        <span className="ms-1">{claimedAmount && claimedCurrency ? visible(clip(claimedCurrency, 16)) : ''}</span>
      </span>
      <span className="truncate text-muted text-xs">
        <bdi>{visible(clip(hit.project, 40))}</bdi> · {dayAndYear(hit.receivedAt, zone, locale)}
      </span>
      <span className="text-end text-bad text-xs">
        {words.outcomes[outcome]}
        {outcome === 'contradiction' ? '' : ` · ${words.unverified}`}
      </span>
    </>
  );
}
