import { TEST_CHOICES, type TestChoice } from '@/lib/invoices/filter';
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
import { TRANSACTION_KINDS, type TransactionKind } from './status';

/** Which movements of money a list, its counts and its totals are about; `q` is looked for in their invoices. */
export interface TransactionFilter extends ListFilter {
  /** Empty: every kind. */
  readonly kind: readonly TransactionKind[];
  readonly test: TestChoice;
  readonly min: string | null;
  readonly max: string | null;
  readonly sort: Sort;
}

function isKind(word: string): word is TransactionKind {
  return (TRANSACTION_KINDS as readonly string[]).includes(word);
}

export function readTransactionFilter(
  params: Params,
  scope: Scope,
): { readonly filter: TransactionFilter; readonly notices: readonly Notice[] } {
  const reader = new Reader(params);
  const sort = readSort(reader);
  const filter: TransactionFilter = {
    ...readList(reader, scope, cursorReader(sort)),
    sort,
    kind: reader.many('kind', isKind),
    test: reader.one('test', (text) => TEST_CHOICES.find((choice) => choice === text) ?? null) ?? 'include',
    min: reader.amount('min'),
    max: reader.amount('max'),
  };
  return { filter, notices: reader.notices };
}

export function transactionsHref(
  filter: TransactionFilter,
  zone: string,
  change: Partial<TransactionFilter> = {},
): string {
  const next: TransactionFilter = { ...filter, after: null, ...change };
  const params = listParams(next, zone);
  for (const kind of next.kind) params.append('kind', kind);
  if (next.sort !== 'newest') params.set('sort', next.sort);
  if (next.test !== 'include') params.set('test', next.test);
  if (next.min) params.set('min', next.min);
  if (next.max) params.set('max', next.max);
  return withQuery('/transactions', params);
}

/** Whether anything but order and page is chosen. */
export function isFiltered(filter: TransactionFilter): boolean {
  const { q, provider, project, from, to, kind, test, min, max } = filter;
  return Boolean(q || provider || project || from || to || kind.length > 0 || test !== 'include' || min || max);
}
