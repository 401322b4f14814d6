import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/providers/provider';
import { datedTransactions, foldEvents, minute, received, type SessionSaid, session } from './events.testing';

function transactionRows(...events: readonly Event[]): readonly string[] {
  return foldEvents(...events).rows.transactions.map((row) => `${row.kind} ${row.amount}`);
}

function verdict(...events: readonly Event[]): string {
  const merged = foldEvents(...events).results.at(-1);
  return merged?.reason ? `${merged.result}: ${merged.reason} (${merged.field})` : (merged?.result ?? '');
}

const at = (word: Event['status']['word'], amount: string, more: SessionSaid = {}): Event =>
  session({ word, pays: { A: amount }, ...more });
/** A payment of which some was given back. */
const given = (total: string, amount = '50', id = 'A'): Event => {
  const event = session({ pays: { [id]: amount } });
  return { ...event, payments: event.payments.map((claim) => ({ ...claim, refunded: total })) };
};
describe('a partial refund', () => {
  const paid = at('paid', '12.50');

  it('is a transaction of what was given back beyond the total before it, and the payment stays paid', () => {
    const { rows } = foldEvents(paid, given('2.50', '12.50'), given('7.00', '12.50'));
    expect(rows.transactions.map((row) => [row.kind, row.amount, row.occurredAt, row.externalId])).toEqual([
      ['payment', '12.50', minute(0), 'A'],
      ['refund', '-2.50', minute(1), 'A'],
      ['refund', '-4.50', minute(2), 'A'],
    ]);
    expect(rows.invoice).toMatchObject({ status: 'paid', amount: '12.50', paidAt: minute(0) });
  });

  it.each<[string, readonly Event[], readonly string[]]>([
    ['repeated', [paid, given('2.5', '12.50'), given('2.50', '12.50')], ['payment 12.50 00', 'refund -2.5 01']],
    ['smaller than before', [paid, given('5', '12.50'), given('2', '12.50')], ['payment 12.50 00', 'refund -5 01']],
    ['before its payment', [at('processing', '12.50'), given('2', '12.50')], ['payment 12.50 01', 'refund -2 01']],
    [
      'of the whole amount',
      [paid, given('2.50', '12.50'), given('12.50', '12.50')],
      ['payment 12.50 00', 'refund -2.50 01', 'refund -10.00 02'],
    ],
    [
      'and then a void, which gives back the rest',
      [paid, given('2.50', '12.50'), at('voided', '12.50')],
      ['payment 12.50 00', 'refund -2.50 01', 'refund -10.00 02'],
    ],
    ['after its void', [paid, at('voided', '12.50'), given('2.50', '12.50')], ['payment 12.50 00', 'refund -12.50 01']],
  ])('%s', (_, events, rows) => {
    const history = received(events);
    expect(datedTransactions(history)).toEqual(rows);
    expect(datedTransactions([...history.toReversed(), ...history])).toEqual(rows);
  });

  it('that was received before its payment was known to be paid is booked once it is', () => {
    const held = { ...given('2', '12.50'), status: at('on_hold', '12.50').status };
    expect(transactionRows(held)).toEqual([]);
    expect([...transactionRows(held, paid)].sort()).toEqual(['payment 12.50', 'refund -2']);
  });

  it('beyond what was paid is no transaction and flagged, in either order', () => {
    const beyond = given('13', '12.50');
    expect(verdict(paid, beyond)).toBe('contradiction: refund_exceeds_payment (refunded_amount)');
    expect(transactionRows(paid, beyond)).toEqual(['payment 12.50']);
    const held = { ...beyond, status: at('on_hold', '12.50').status };
    expect(verdict(held, paid)).toBe('contradiction: refund_exceeds_payment (refunded_amount)');
    expect(transactionRows(held, paid)).toEqual(['payment 12.50']);
  });

  it('of one payment of several leaves the others', () => {
    const both = session({ pays: { A: '50', B: '30' } });
    expect(transactionRows(both, given('10', '30', 'B'))).toEqual(['payment 50', 'payment 30', 'refund -10']);
  });

  it('that names no payment of several is one transaction, and counts once when its payment is named later', () => {
    const both = session({ pays: { A: '50', B: '30' } });
    const together = { ...both, refunded: '12' };
    const rows = foldEvents(both, together, given('10', '30', 'B'), given('15', '30', 'B')).rows.transactions;
    expect(rows.filter(({ kind }) => kind === 'refund').map((row) => [row.amount, row.externalId])).toEqual([
      ['-12', null],
      ['-3', 'B'],
    ]);
    expect(verdict(both, { ...both, refunded: '81' })).toBe('contradiction: refund_exceeds_payment (refunded_amount)');
  });

  it('has an id of its own however the merchant names payments', () => {
    const events = [session({ pays: { A: '50', 'A 2': '30' } }), given('2', '50', 'A'), at('voided', '50')];
    const keys = foldEvents(...events).rows.transactions.map((row) => JSON.stringify([row.kind, row.key]));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
