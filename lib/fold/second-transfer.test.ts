import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/providers/provider';
import { type CryptoSaid, crypto, foldEvents, minute } from './events.testing';

describe('a disjoint hash with the same time of finishing', () => {
  const paid = (hash: string, more: CryptoSaid = {}): Event =>
    crypto({ hashes: [hash], amount: '10', at: minute(1), amounts: { due: '10' }, ...more });

  it.each<[string, readonly Event[], boolean]>([
    ['is asked about where the sum is above what was due', [paid('a'), paid('b')], true],
    [
      'is asked about where nobody said what was due, but that it is paid',
      [paid('a', { amounts: {} }), paid('b', { amounts: {} })],
      true,
    ],
    [
      'is none where both together are what was due',
      [paid('a', { amounts: { due: '20' } }), paid('b', { amounts: { due: '20' } })],
      false,
    ],
    ['is none where it finished at another time', [paid('a'), paid('b', { at: minute(2) })], false],
    ['is none where it is a top-up', [paid('a'), crypto({ hashes: ['a', 'b'], amount: '20', at: minute(1) })], false],
  ])('%s', (_, events, asks) => {
    for (const history of [events, events.toReversed()]) {
      const { rows, state, results } = foldEvents(...history);
      expect(rows.invoice.amount).toBe('20');
      expect(state.attention).toEqual(asks ? ['retry_or_second_transfer'] : []);
      expect(results.at(-1)).toMatchObject({ result: 'new', reason: asks ? 'retry_or_second_transfer' : null });
    }
  });

  it('is a further transfer of a static wallet, which has no amount due', () => {
    const wallet = (hash: string): Event => ({ ...paid(hash), invoiceId: 'A'.repeat(32) });
    expect(foldEvents(wallet('a'), wallet('b')).state.attention).toEqual([]);
  });
});
