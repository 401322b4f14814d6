import { describe, expect, it } from 'vitest';
import { isAhead } from './ahead';
import { crypto, fold, foldEvents, minute, received, session } from './events.testing';

/** Received at minute 0. */
const dated = (at: number) => foldEvents(crypto({ hashes: ['a1'], at: minute(at) }));

describe('A payment dated ahead of its receipt', () => {
  it.each([
    ['within ten minutes', 10, 'provider', []],
    ['by more than ten minutes', 11, 'provider_ahead', ['time_ahead']],
    ['by years', 5_000_000, 'provider_ahead', ['time_ahead']],
    ['not at all', -600, 'provider', []],
  ])('%s', (_, at, timeSource, attention) => {
    const { rows, state } = dated(at);
    expect(rows.transactions).toMatchObject([{ occurredAt: minute(at), timeSource }]);
    expect(rows.invoice).toMatchObject({ paidAt: minute(at), timeSource });
    expect(state.attention).toEqual(attention);
  });

  it('stays so when it comes again later, in either order of processing', () => {
    const receipts = received([crypto({ hashes: ['a1'], at: minute(30) })]);
    const again = receipts.map((receipt) => ({ ...receipt, receivedAt: minute(25) }));
    for (const history of [
      [...receipts, ...again],
      [...again, ...receipts],
    ])
      expect(fold(history).rows.transactions).toMatchObject([{ timeSource: 'provider_ahead' }]);
  });

  it('is none where an earlier message about the same hash gave no date', () => {
    const [first, second] = received([crypto({ hashes: ['a1'] }), crypto({ hashes: ['a1'], at: minute(25) })]);
    if (!first || !second) throw new Error('Two were received');
    const { rows, state } = fold([first, { ...second, receivedAt: minute(26) }]);
    expect(rows.transactions).toMatchObject([{ occurredAt: minute(25), timeSource: 'provider' }]);
    expect(state.attention).toEqual([]);
  });

  it('marks an invoice that was made in the future', () => {
    expect(foldEvents(session({ createdAt: minute(60) })).state.attention).toEqual(['time_ahead']);
  });

  it('is judged to the millisecond', () => {
    expect(isAhead('2026-01-27T10:10:00.000000Z', minute(0))).toBe(false);
    expect(isAhead('2026-01-27T10:10:00.001000Z', minute(0))).toBe(true);
  });
});
