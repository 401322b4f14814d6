import { describe, expect, test } from 'vitest';
import { readPaths } from './plain-metadata';

describe('paths of metadata', () => {
  test.each([
    ['', []],
    ['metadata.shop.branch_note\nsource_page', ['shop.branch_note', 'source_page']],
    [' a , b\r\n\r\na ', ['a', 'b']],
    ['джерело', ['джерело']],
  ])('%j', (text, paths) => {
    expect(readPaths(text)).toEqual({ ok: true, paths });
  });

  test.each([
    ['two words', 'path'],
    ['a..b', 'path'],
    ['.a', 'path'],
    ['a.', 'path'],
    ['x'.repeat(65), 'path'],
    [Array.from({ length: 51 }, (_, index) => `p${index}`).join('\n'), 'many'],
  ])('refuses %j', (text, problem) => {
    expect(readPaths(text)).toMatchObject({ ok: false, problem });
  });
});
