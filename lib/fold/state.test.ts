import { expect, it } from 'vitest';
import { foldEvents, minute, session } from './events.testing';
import { merge } from './merge';
import { project } from './rows';
import { readState, type State } from './state';

const carrier = (code: string, status: 'in_transit' | 'received') => ({ code, text: null, status });

/** As version 0.1 wrote it: no refunds, and the carrier's word alone. */
function asOf01(state: State): State {
  const { refunds: _, cashReceivedAt: __, ...rest } = state;
  const payments = state.payments.map(({ refunds: ___, ...payment }) => payment);
  const word = state.delivery?.carrier?.received ?? state.delivery?.carrier?.other;
  const { at: ____, ...old } = word ?? { at: '' };
  return JSON.parse(JSON.stringify({ ...rest, payments, delivery: { ...state.delivery, carrier: old } }));
}

it.each([
  ['on its way', carrier('5', 'in_transit')],
  ['received', carrier('9', 'received')],
])('a state of version 0.1 whose parcel is %s takes in what comes next', (_, word) => {
  const { state, rows } = foldEvents(session({ pays: { A: '50' }, delivery: { carrier: word } }));
  const read = readState(asOf01(state));
  expect(project(read)).toEqual(rows);
  const voided = session({ word: 'voided', pays: { A: '50' }, delivery: { carrier: carrier('9', 'received') } });
  const merged = merge(read, { event: voided, grade: 'rsa', signer: 'live', receivedAt: minute(9) });
  expect(project(merged.state).invoice.status).toBe('voided');
  expect(project(merged.state).delivery?.status).toBe('received');
});

it('a state of this version stays as it is', () => {
  const { state } = foldEvents(session({ pays: { A: '50' }, delivery: { carrier: carrier('9', 'received') } }));
  expect(readState(state)).toEqual(state);
});
