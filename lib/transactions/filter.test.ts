import { describe, expect, it } from 'vitest';
import type { Params } from '@/lib/query-string';
import { isFiltered, readTransactionFilter, type TransactionFilter, transactionsHref } from './filter';

const PROJECT = '0b9f3c1e-0000-4000-8000-000000000001';
const scope = { zone: 'Europe/Kyiv', providers: ['trybit', 'novapay'], projects: [PROJECT] };
const none = readTransactionFilter({}, scope).filter;

function paramsOf(href: string): Params {
  const found = new URLSearchParams(href.split('?')[1] ?? '');
  return Object.fromEntries([...new Set(found.keys())].map((key) => [key, found.getAll(key)]));
}

describe('the filter of transactions', () => {
  it('is bare without parameters', () => {
    expect(transactionsHref(none, 'Europe/Kyiv')).toBe('/transactions');
    expect(isFiltered(none)).toBe(false);
  });

  it('comes back from its own link, page and all', () => {
    const filter: TransactionFilter = {
      q: 'ZT-1 & co',
      provider: 'novapay',
      project: PROJECT,
      from: '2026-03-01',
      to: '2026-04-01',
      tz: 'Europe/Lisbon',
      after: { at: '-12.50', id: PROJECT },
      kind: ['refund', 'expected'],
      test: 'exclude',
      min: '0.000000000000000001',
      max: '30',
      sort: 'smallest',
    };
    const href = transactionsHref(filter, 'Europe/Kyiv', { after: filter.after });
    expect(readTransactionFilter(paramsOf(href), scope)).toEqual({ filter, notices: [] });
    expect(isFiltered(filter)).toBe(true);
  });

  it('leaves the page when something else changes', () => {
    const filter = { ...none, after: { at: '2026-03-02T10:00:00.123456Z', id: PROJECT } };
    expect(transactionsHref(filter, 'Europe/Kyiv', { sort: 'largest' })).toBe('/transactions?sort=largest');
  });

  it.each([
    ['kind', 'gift'],
    ['test', 'yes'],
    ['min', 'much'],
    ['sort', 'cheapest'],
    ['after', 'bm8'],
    ['provider', 'stripe'],
    ['to', '2026-02-30'],
  ])('names a %s that is no good and falls to the default', (field, value) => {
    const { filter, notices } = readTransactionFilter({ [field]: value }, scope);
    expect(filter).toEqual(none);
    expect(notices).toEqual([{ field, value }]);
  });
});
