import { describe, expect, it } from 'vitest';
import type { Params } from '@/lib/query-string';
import { isFiltered, type LogFilter, logHref, readLogFilter } from './log-filter';

const PROJECT = '0b9f3c1e-0000-4000-8000-000000000001';
const scope = { zone: 'Europe/Kyiv', providers: ['trybit'], projects: [PROJECT] };
const none = readLogFilter({}, scope).filter;

function paramsOf(href: string): Params {
  const found = new URLSearchParams(href.split('?')[1] ?? '');
  return Object.fromEntries([...new Set(found.keys())].map((key) => [key, found.getAll(key)]));
}

describe('the filter of the log', () => {
  it('is bare without parameters', () => {
    expect(logHref(none, 'Europe/Kyiv')).toBe('/postbacks');
    expect(isFiltered(none)).toBe(false);
  });

  it('comes back from its own link', () => {
    const filter: LogFilter = {
      q: 'Ж 1%',
      provider: 'trybit',
      project: PROJECT,
      from: '2026-03-01',
      to: '2026-04-01',
      tz: 'UTC',
      after: { at: '2026-03-02T10:00:00.123456Z', id: PROJECT },
      outcome: ['refused', 'duplicate'],
      test: 'only',
      sort: 'oldest',
    };
    const href = logHref(filter, 'Europe/Kyiv', { after: filter.after });
    expect(readLogFilter(paramsOf(href), scope)).toEqual({ filter, notices: [] });
    expect(isFiltered(filter)).toBe(true);
    expect(logHref(filter, 'Europe/Kyiv', { test: 'include', sort: 'newest' })).not.toMatch(/test|sort|after/);
  });

  it.each([
    ['outcome', 'lost'],
    ['test', 'yes'],
    ['sort', 'largest'],
    ['after', 'bm8'],
  ])('names a %s that is no good and falls to the default', (field, value) => {
    const { filter, notices } = readLogFilter({ [field]: value }, scope);
    expect(filter).toEqual(none);
    expect(notices).toEqual([{ field, value }]);
  });
});
