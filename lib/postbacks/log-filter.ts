import { TEST_CHOICES, type TestChoice } from '@/lib/invoices/filter';
import { type Notice, type Params, Reader, type Scope } from '@/lib/query-string';
import { readSort, type Sort, TIME_SORTS } from '@/lib/sort';
import { type PostbackFilter, postbacksHref, readPostbackFilter } from './filter';

/** What the log of the desk shows: the filter of postbacks and how it is read. */
export interface LogFilter extends PostbackFilter {
  readonly test: TestChoice;
  readonly sort: Sort;
}

export function readLogFilter(
  params: Params,
  scope: Scope,
): { readonly filter: LogFilter; readonly notices: readonly Notice[] } {
  const { filter, notices } = readPostbackFilter(params, scope);
  const reader = new Reader(params);
  const sort = readSort(reader, TIME_SORTS);
  const test = reader.one('test', (text) => TEST_CHOICES.find((choice) => choice === text) ?? null) ?? 'include';
  return { filter: { ...filter, sort, test }, notices: [...notices, ...reader.notices] };
}

export function logHref(filter: LogFilter, zone: string, change: Partial<LogFilter> = {}): string {
  const { sort, test } = { ...filter, ...change };
  const href = new URL(postbacksHref(filter, zone, change), 'http://here.invalid');
  if (sort !== 'newest') href.searchParams.set('sort', sort);
  if (test !== 'include') href.searchParams.set('test', test);
  return `${href.pathname}${href.search}`;
}

/** Whether anything but order and page is chosen. */
export function isFiltered({ q, provider, project, from, to, outcome, test }: LogFilter): boolean {
  return Boolean(q || provider || project || from || to || outcome.length > 0 || test !== 'include');
}
