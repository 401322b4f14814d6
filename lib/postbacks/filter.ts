import {
  type ListFilter,
  listParams,
  type Notice,
  type Params,
  Reader,
  readList,
  type Scope,
  withQuery,
} from '@/lib/query-string';
import { KEPT_OUTCOMES, type KeptOutcome } from './outcome';

/** Which postbacks a log is about; `q` is part of the provider's invoice id. */
export interface PostbackFilter extends ListFilter {
  /** Empty: every outcome. */
  readonly outcome: readonly KeptOutcome[];
}

function isKeptOutcome(word: string): word is KeptOutcome {
  return (KEPT_OUTCOMES as readonly string[]).includes(word);
}

export function readPostbackFilter(
  params: Params,
  scope: Scope,
): { readonly filter: PostbackFilter; readonly notices: readonly Notice[] } {
  const reader = new Reader(params);
  const filter = { ...readList(reader, scope), outcome: reader.many('outcome', isKeptOutcome) };
  return { filter, notices: reader.notices };
}

export function postbacksHref(filter: PostbackFilter, zone: string, change: Partial<PostbackFilter> = {}): string {
  const next: PostbackFilter = { ...filter, after: null, ...change };
  const params = listParams(next, zone);
  for (const outcome of next.outcome) params.append('outcome', outcome);
  return withQuery('/postbacks', params);
}

/** Whether anything but the page is chosen. */
export function isFiltered({ q, provider, project, from, to, outcome }: PostbackFilter): boolean {
  return Boolean(q || provider || project || from || to || outcome.length > 0);
}
