import type { Layout } from '@/lib/list-layout';
import type { ListFilter } from '@/lib/query-string';
import type { Sort } from '@/lib/sort';

interface Kept {
  readonly filter: ListFilter;
  readonly zone: string;
  readonly layout: Layout;
  readonly sort: Sort;
  /** What chips choose, under its name in the address. */
  readonly words: readonly [name: string, words: readonly string[]];
}

/** What a list's form carries along because links and menus choose it. */
export function keptOf({
  filter,
  zone,
  layout,
  sort,
  words: [name, words],
}: Kept): readonly (readonly [string, string])[] {
  const kept: (readonly [string, string])[] = words.map((word) => [name, word]);
  if (filter.tz !== zone) kept.push(['tz', filter.tz]);
  if (sort !== 'newest') kept.push(['sort', sort]);
  if (layout.given.length > 0) kept.push(['columns', layout.given.join()]);
  return kept;
}
