import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { columnNames } from './table';
import { VIEWS } from './view-names';

interface Catalogue {
  readonly exports: { readonly columns: Readonly<Record<string, string>> };
}

describe.each(['en', 'uk', 'pt'])('a workbook in %s', (locale) => {
  const { columns }: Catalogue['exports'] = JSON.parse(readFileSync(`messages/${locale}/exports.json`, 'utf8')).exports;

  it.each(VIEWS)('has a header of its own for each column of %s', (view) => {
    const titles = columnNames(view).map((name) => columns[name]);
    expect(titles).not.toContain(undefined);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('has none for a column that is no more', () => {
    const known = new Set(VIEWS.flatMap(columnNames));
    expect(Object.keys(columns).filter((name) => !known.has(name))).toEqual([]);
  });
});
