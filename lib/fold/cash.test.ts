import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/providers/provider';
import {
  carrierWord,
  datedTransactions,
  fold,
  foldEvents,
  minute,
  received,
  type SessionSaid,
  session,
} from './events.testing';
import { project } from './rows';

function transactionRows(...events: readonly Event[]): readonly string[] {
  return foldEvents(...events).rows.transactions.map((row) => `${row.kind} ${row.amount}`);
}

const cash = { facts: { method: 'cash_on_delivery' } };
const at = (word: Event['status']['word'], amount: string, more: SessionSaid = {}): Event =>
  session({ word, pays: { A: amount }, ...more });
describe('cash on delivery', () => {
  const paid = at('paid', '50', cash);
  const given = (total: string): Event => {
    return { ...paid, payments: paid.payments.map((claim) => ({ ...claim, refunded: total })) };
  };
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
    [
      'that was voided before it was paid out is given back when it came in',
      [paid, at('voided', '50', cash), word('11')],
      null,
      ['payment 50 02', 'refund -50 02'],
    ],
    [
      'of which a part was given back before it was paid out is given back when it came in',
      [paid, given('20'), word('11'), given('25')],
      'received',
      ['payment 50 02', 'refund -20 02', 'refund -5 03'],
    ],
  ])('%s', (_, events, lifecycle, rows) => {
    const history = received(events);
    for (const receipts of [history, history.toReversed(), [...history, ...history]]) {
      expect(fold(receipts).rows.invoice.cashOnDelivery).toBe(lifecycle);
      expect(datedTransactions(receipts)).toEqual(rows);
    }
  });

  it('is expected less what was given back before', () => {
    expect(transactionRows(paid, given('20'))).toEqual(['expected 30']);
  });

  const both = session({ ...cash, pays: { A: '60', B: '40' } });
  const ofSession = (refunded: string): Event => ({ ...both, refunded });
  const ofB = (refunded: string): Event => {
    const [, b] = both.payments;
    return { ...both, payments: b ? [{ ...b, refunded }] : [] };
  };
  const voidedB = session({ ...cash, word: 'voided', pays: { B: '40' } });
  it.each<[string, readonly Event[], readonly string[]]>([
    ['a part', [both, ofSession('30')], ['expected 30', 'expected 40']],
    ['more than the first', [both, ofSession('75')], ['expected 25']],
    ['all', [both, ofSession('100')], []],
    ['a part that a payment names, too', [both, ofSession('30'), ofB('20')], ['expected 50', 'expected 20']],
    ['a part of a payment that is voided later', [both, ofSession('30'), voidedB], ['expected 60']],
  ])('of several payments is expected less what was given back of all together: %s', (_, events, rows) => {
    expect(transactionRows(...events)).toEqual(rows);
    const { transactions } = fold(received(events).toReversed()).rows;
    expect(transactions.map((row) => `${row.kind} ${row.amount}`)).toEqual(rows);
  });

  it('is given back on the day that staff names where the refund came before', () => {
    const { state } = foldEvents(paid, given('20'));
    const day = '2026-02-03T10:00:00.000000Z';
    const rows = project({ ...state, cashReceivedAt: day }).transactions;
    expect(rows.map(({ kind, occurredAt, timeSource }) => [kind, occurredAt, timeSource])).toEqual([
      ['payment', day, 'staff'],
      ['refund', day, 'staff'],
    ]);
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
    expect(transactionRows(at('paid', '50', card))).toEqual(['payment 50']);
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
