import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/providers/provider';
import {
  carrierWord,
  datedMovements,
  fold,
  foldEvents,
  minute,
  received,
  type SessionSaid,
  session,
} from './events.testing';

function movements(...events: readonly Event[]): readonly string[] {
  return foldEvents(...events).rows.transactions.map((row) => `${row.kind} ${row.amount}`);
}

const cash = { facts: { method: 'cash_on_delivery' } };
const at = (word: Event['status']['word'], amount: string, more: SessionSaid = {}): Event =>
  session({ word, pays: { A: amount }, ...more });
describe('cash on delivery', () => {
  const paid = at('paid', '50', cash);
  const word = (code: string): Event => at('paid', '50', { ...cash, delivery: { carrier: carrierWord(code) } });

  it.each<[string, readonly Event[], string | null, readonly string[]]>([
    ['that is paid is expected, not received', [paid], 'expected', ['expected 50 00']],
    ['stays expected on its way', [paid, word('5'), word('7')], 'expected', ['expected 50 00']],
    ['is collected with code 9', [paid, word('9')], 'collected', ['expected 50 00']],
    ['is collected with code 10', [paid, word('9'), word('10')], 'collected', ['expected 50 00']],
    [
      'is received with code 11, on the day of its receipt',
      [paid, word('10'), word('11')],
      'received',
      ['payment 50 02'],
    ],
    [
      'keeps the day on which code 11 came first',
      [paid, word('11'), word('10'), word('11')],
      'received',
      ['payment 50 01'],
    ],
    ['is received when code 11 comes with the first paid', [word('11')], 'received', ['payment 50 00']],
    ['ends with a refusal', [paid, word('103')], 'refused', []],
    ['ends with a refusal after it was handed over', [paid, word('9'), word('103')], 'refused', []],
    ['stays ended on the way back', [paid, word('103'), word('5')], 'refused', []],
    [
      'is collected when the parcel is taken after all',
      [paid, word('103'), word('9')],
      'collected',
      ['expected 50 00'],
    ],
    ['stays received when the parcel comes back', [paid, word('11'), word('103')], 'received', ['payment 50 01']],
    ['is gone once voided', [paid, at('voided', '50', cash)], null, []],
    [
      'that was paid out and voided is given back',
      [paid, word('11'), at('voided', '50', cash)],
      null,
      ['payment 50 01', 'refund -50 02'],
    ],
  ])('%s', (_, events, lifecycle, rows) => {
    const history = received(events);
    for (const receipts of [history, history.toReversed(), [...history, ...history]]) {
      expect(fold(receipts).rows.invoice.cashOnDelivery).toBe(lifecycle);
      expect(datedMovements(receipts)).toEqual(rows);
    }
  });

  it('is expected less what was given back before', () => {
    const less = { ...paid, payments: paid.payments.map((claim) => ({ ...claim, refunded: '20' })) };
    expect(movements(paid, less)).toEqual(['expected 30']);
  });

  it('has no time of payment before it is received', () => {
    expect(foldEvents(paid, word('9')).rows.invoice).toMatchObject({ status: 'paid', paidAt: null });
    expect(foldEvents(paid, word('11')).rows.invoice).toMatchObject({ paidAt: minute(1), timeSource: 'receipt' });
  });

  it('is none of a card that a parcel was paid with', () => {
    const card = {
      facts: { method: 'card' },
      delivery: { carrier: { code: '10', text: null, status: 'received' } },
    } as const;
    expect(foldEvents(at('paid', '50', card)).rows.invoice.cashOnDelivery).toBeNull();
    expect(movements(at('paid', '50', card))).toEqual(['payment 50']);
  });
});

describe('a parcel', () => {
  const carrier = (code: string): Event => at('paid', '50', { delivery: { carrier: carrierWord(code) } });

  it("has the carrier's last word by time of receipt, in whatever order it is processed", () => {
    const lives: readonly (readonly [readonly string[], string, string])[] = [
      [['1', '5', '7', '104', '5'], '5', 'in_transit'],
      [['7', '105', '7'], '7', 'ready_for_pickup'],
      [['5', '9', '5'], '9', 'received'],
      [['9', '7', '10', '105'], '10', 'received'],
      [['9', '103'], '103', 'refused'],
      [['9', '103', '5'], '5', 'in_transit'],
      [['103', '5', '9', '4'], '9', 'received'],
    ];
    for (const [codes, code, status] of lives) {
      const history = received(codes.map(carrier));
      for (const receipts of [history, history.toReversed(), [...history, ...history]]) {
        expect(fold(receipts).rows.delivery, codes.join(' ')).toMatchObject({ carrierCode: code, status });
      }
    }
  });
});
