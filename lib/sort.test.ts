import { describe, expect, it } from 'vitest';
import { type Cursor, writeCursor } from './cursor';
import { Reader } from './query-string';
import { cursorReader, readSort, TIME_SORTS } from './sort';

const ID = '0b9f3c1e-0000-4000-8000-000000000001';
const moment: Cursor = { at: '2026-03-02T10:00:00.123456Z', id: ID };
const amount: Cursor = { at: '-12.500000000000000001', id: ID };

describe('the sort of a list', () => {
  it('is the newest first unless the address says otherwise', () => {
    expect(readSort(new Reader({}))).toBe('newest');
    expect(readSort(new Reader({ sort: 'largest' }))).toBe('largest');
  });

  it('is named when it is not one of this list', () => {
    const reader = new Reader({ sort: 'largest' });
    expect(readSort(reader, TIME_SORTS)).toBe('newest');
    expect(reader.notices).toEqual([{ field: 'sort', value: 'largest' }]);
  });
});

describe('the cursor of a sort', () => {
  it.each([
    ['newest', moment],
    ['oldest', moment],
    ['largest', amount],
    ['smallest', amount],
  ] as const)('comes back when it is one of %s first', (sort, cursor) => {
    expect(cursorReader(sort)(writeCursor(cursor))).toEqual(cursor);
  });

  it.each([
    ['newest', amount],
    ['smallest', moment],
    ['largest', { at: 'NaN', id: ID }],
    ['largest', { at: '1e5', id: ID }],
    ['largest', { at: '1', id: 'x' }],
  ] as const)('is null when it is not one of %s first', (sort, cursor) => {
    expect(cursorReader(sort)(writeCursor(cursor))).toBe(null);
  });
});
