import { expect, it } from 'vitest';
import { setField } from './set-field';

it.each([
  ['order_id=A1', { order_id: 'A1', info: { status: 'paid' } }],
  ['info.status=overpaid', { info: { status: 'overpaid' } }],
  ['info.test_mode=true', { info: { status: 'paid', test_mode: true } }],
  ['info=null', { info: null }],
  ['amount=5.10', { info: { status: 'paid' }, amount: '5.10' }],
  ['note=a=b', { info: { status: 'paid' }, note: 'a=b' }],
  ['new.deep.name=x', { info: { status: 'paid' }, new: { deep: { name: 'x' } } }],
])('%s', (assignment, expected) => {
  expect(setField({ info: { status: 'paid' } }, assignment)).toEqual(expected);
});

it('refuses what is no assignment', () => {
  expect(() => setField({}, 'order_id')).toThrow('--set order_id must be NAME=VALUE.');
});
