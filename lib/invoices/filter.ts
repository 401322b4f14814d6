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
import { cursorReader, readSort, type Sort } from '@/lib/sort';
import { type InvoiceStatus, isInvoiceStatus } from './status';

export const TEST_CHOICES = ['include', 'only', 'exclude'] as const;
export type TestChoice = (typeof TEST_CHOICES)[number];

/** Which invoices a list, its counts and its totals are about; the URL is the only place it is kept. */
export interface InvoiceFilter extends ListFilter {
  /** Empty: every status. */
  readonly status: readonly InvoiceStatus[];
  /** Lists show test rows by default, marked and outside every total. */
  readonly test: TestChoice;
  readonly min: string | null;
  readonly max: string | null;
  readonly sort: Sort;
}

export function readInvoiceFilter(
  params: Params,
  scope: Scope,
): { readonly filter: InvoiceFilter; readonly notices: readonly Notice[] } {
  const reader = new Reader(params);
  const sort = readSort(reader);
  const filter: InvoiceFilter = {
    ...readList(reader, scope, cursorReader(sort)),
    sort,
    status: reader.many('status', isInvoiceStatus),
    test: reader.one('test', (text) => TEST_CHOICES.find((choice) => choice === text) ?? null) ?? 'include',
    min: reader.amount('min'),
    max: reader.amount('max'),
  };
  return { filter, notices: reader.notices };
}

export function invoicesHref(filter: InvoiceFilter, zone: string, change: Partial<InvoiceFilter> = {}): string {
  const next: InvoiceFilter = { ...filter, after: null, ...change };
  const params = listParams(next, zone);
  for (const status of next.status) params.append('status', status);
  if (next.sort !== 'newest') params.set('sort', next.sort);
  if (next.test !== 'include') params.set('test', next.test);
  if (next.min) params.set('min', next.min);
  if (next.max) params.set('max', next.max);
  return withQuery('/invoices', params);
}

/** Whether anything but order and page is chosen. */
export function isFiltered(filter: InvoiceFilter): boolean {
  const { q, provider, project, from, to, status, test, min, max } = filter;
  return Boolean(q || provider || project || from || to || status.length > 0 || test !== 'include' || min || max);
}
