import { expect, test } from 'vitest';
import type { Fields } from './provider';
import { unmappedFields } from './unmapped-fields';

test('what is understood disappears, also inside lists, and what was sent empty stays', () => {
  const fields: Fields = {
    id: '1',
    note: 'x',
    empty: {},
    deep: { known: '1', other: ['a'] },
    gone: { known: '1' },
    list: [{ known: '1', extra: '2' }, { known: '1' }],
    constructor: 'y',
  };
  expect(unmappedFields(fields, ['id', 'deep.known', 'gone.known', 'list.known'])).toEqual({
    note: 'x',
    empty: {},
    deep: { other: ['a'] },
    list: [{ extra: '2' }],
    constructor: 'y',
  });
});

test('a path covers everything below it', () => {
  expect(unmappedFields({ a: { b: { c: '1' } }, d: '2' }, ['a'])).toEqual({ d: '2' });
});

test('a field in camel case is known by its name in snake case', () => {
  const fields: Fields = { delivery: { recipientHouse: '22', other: '1' } };
  expect(unmappedFields(fields, ['delivery.recipient_house'])).toEqual({ delivery: { other: '1' } });
});
