import { expect, it } from 'vitest';
import { crypto } from './events.testing';
import { alteredField } from './token';

const withFee = (fee: string) => {
  const event = crypto();
  return { ...event, facts: { ...event.facts, fee } };
};

it.each([
  ['1e-3', '0.001'],
  ['+7', '7.0'],
  ['.5', '0.50'],
])('takes %s and %s for the same said twice', (one, other) => {
  expect(alteredField(withFee(one), withFee(other))).toBeNull();
});

it.each([
  ['1', '1e309'],
  ['5e-324', '0'],
  ['-1e-400', '1e99999999'],
  ['1e1', 'ten'],
])('takes %s and %s for two things, whatever can be counted with', (one, other) => {
  expect(alteredField(withFee(one), withFee(other))).toBe('fee');
});

it('names what was altered before what was added', () => {
  const first = crypto({ amount: '10' });
  expect(alteredField(first, crypto({ amount: '10', test: true }))).toBe('test_mode');
  expect(alteredField(first, crypto({ amount: '11', test: true }))).toBe('amount_crypto');
  expect(alteredField(crypto({ test: true }), first)).toBeNull();
});
