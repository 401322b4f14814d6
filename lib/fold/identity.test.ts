import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/providers/provider';
import { crypto, type Folded, foldEvents, session } from './events.testing';

/** Row by row: amount, hashes. */
function payments(...events: readonly Event[]): readonly unknown[] {
  return foldEvents(...events).rows.transactions.map((row) => [row.amount, row.txHashes]);
}

function lastReason({ results }: Folded): string {
  const last = results.at(-1);
  return last?.reason ? `${last.result}: ${last.reason}` : (last?.result ?? '');
}

const EVM = `0x${'9f'.repeat(32)}`;
const BASE58 = '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW';
const SESSION = 'f1c86ec3-45ff-4bde-a428-37f49bcde530';

describe('One hash in several spellings', () => {
  it.each([
    ['without 0x', EVM, EVM.slice(2)],
    ['in capitals', EVM, EVM.toUpperCase()],
    ['with 0x after the bare one', EVM.slice(2), EVM],
    ['in mixed case, as a checksum writes it', EVM, EVM.replaceAll('9f9f', '9F9f')],
  ])('is one payment when it comes again %s', (_, first, second) => {
    const events = [first, second].map((hash) => crypto({ hashes: [hash], amount: '12.5' }));
    expect(payments(...events)).toEqual([['12.5', [first]]]);
    expect(lastReason(foldEvents(...events))).toBe('nothing_new');
  });

  it('is one payment inside one body', () => {
    expect(payments(crypto({ hashes: [EVM, EVM.slice(2)], amount: '12.5' }))).toEqual([['12.5', [EVM]]]);
  });

  it('stands in one spelling in a top-up, which names only what is new', () => {
    const topUp = crypto({ hashes: ['AB'.repeat(32), EVM.slice(2)], amount: '20' });
    expect(payments(crypto({ hashes: [EVM], amount: '12.5' }), topUp)).toEqual([
      ['12.5', [EVM]],
      ['7.5', ['AB'.repeat(32)]],
    ]);
  });

  it('shows the spelling that came first, also on the payment that is known later', () => {
    const total = crypto({ hashes: ['ab'.repeat(32), EVM.slice(2)], amount: '20' });
    expect(payments(total, crypto({ hashes: [EVM], amount: '12.5' }))).toEqual([
      ['7.5', ['ab'.repeat(32)]],
      ['12.5', [EVM.slice(2)]],
    ]);
  });

  it('with another amount contradicts', () => {
    const events = [crypto({ hashes: [EVM] }), crypto({ hashes: [EVM.toUpperCase()], amount: '11' })];
    expect(lastReason(foldEvents(...events))).toBe('contradiction: other_amount');
  });
});

it('Two Base58 hashes that differ in one letter’s case are two payments', () => {
  const other = BASE58.replace('V', 'v');
  expect(payments(crypto({ hashes: [BASE58] }), crypto({ hashes: [other] }))).toHaveLength(2);
});

describe('A UUID in either case', () => {
  it('is one payment of a session, shown as it came first', () => {
    const [lower, upper] = [SESSION, SESSION.toUpperCase()];
    const { rows } = foldEvents(session({ pays: { [upper]: '50' } }), session({ pays: { [lower]: '50' } }));
    expect(rows.transactions.map((row) => [row.externalId, row.amount])).toEqual([[upper, '50']]);
    expect(rows.invoice).toMatchObject({ amount: '50', orderId: upper });
  });

  it('is one payment inside one body', () => {
    const { results } = foldEvents(session({ pays: { [SESSION]: '50', [SESSION.toUpperCase()]: '50.00' } }));
    expect(results[0]?.state.payments).toHaveLength(1);
  });

  it('is one order, shown as it came first, also where a better believed message spells it otherwise', () => {
    const folded = foldEvents(crypto({ order: SESSION.toUpperCase() }), crypto({ order: SESSION, word: 'overpaid' }));
    expect(lastReason(folded)).toBe('new');
    expect(folded.rows.invoice.orderId).toBe(SESSION.toUpperCase());
  });

  it('is no other payment when an order number differs by case', () => {
    expect(foldEvents(session({ pays: { a1: '50' } }), session({ pays: { A1: '50' } })).rows.transactions).toHaveLength(
      2,
    );
  });
});
