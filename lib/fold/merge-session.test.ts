import { describe, expect, it } from 'vitest';
import type { DeliveryClaim, Event } from '@/lib/providers/provider';
import { foldEvents, minute, type SessionSaid, session } from './events.testing';

function transactionRows(...events: readonly Event[]): readonly string[] {
  return foldEvents(...events).rows.transactions.map((row) => `${row.kind} ${row.amount}`);
}

function verdict(...events: readonly Event[]): string {
  const merged = foldEvents(...events).results.at(-1);
  return merged?.reason ? `${merged.result}: ${merged.reason} (${merged.field})` : (merged?.result ?? '');
}

const at = (word: Event['status']['word'], amount: string | null, more: SessionSaid = {}): Event =>
  session({ word, pays: { A: amount }, ...more });

describe('the payments of a session', () => {
  it('end alike in one postback per payment and in one list', () => {
    const single = foldEvents(session({ pays: { A: '50' } }), session({ pays: { B: '30.50' } })).rows;
    const list = foldEvents(session({ pays: { B: '30.50', A: '50' } })).rows;
    expect(single.transactions.map((row) => [row.externalId, row.amount])).toEqual(
      list.transactions.map((row) => [row.externalId, row.amount]),
    );
    expect(single.invoice).toMatchObject({ amount: '80.50', orderId: null, currency: 'UAH' });
    expect(list.invoice).toMatchObject({ amount: '80.50', orderId: null, currency: 'UAH' });
  });

  it('count once when they are named in one message and not in another', () => {
    expect(transactionRows(at('paid', '53'), session({ pays: { '': '53' } }))).toEqual(['payment 53']);
    expect(transactionRows(session({ pays: { '': '53' } }), at('paid', '53'))).toEqual(['payment 53']);
    expect(transactionRows(at('created', '53'), session({ pays: { '': '53' } }))).toEqual(['payment 53']);
    expect(foldEvents(at('created', '53'), session({ pays: { '': '53' } })).rows.invoice.amount).toBe('53');
    const parts = session({ pays: { A: '10', B: '20' } });
    expect(transactionRows(parts, session({ pays: { '': '30' } }))).toHaveLength(2);
    expect(transactionRows(parts, session({ pays: { '': '7' } }))).toHaveLength(3);
    const voided = session({ word: 'voided', pays: { '': '53' } });
    expect(transactionRows(at('paid', '53'), session({ pays: { '': '53' } }), voided)).toEqual([
      'payment 53',
      'refund -53',
    ]);
  });

  it('have a card each, and another card of the same payment is told', () => {
    const paid = (id: string, rrn: string): Event => session({ pays: { [id]: '50' }, details: { rrn } });
    expect(verdict(paid('A', '111'), paid('B', '222'))).toBe('new');
    expect(verdict(paid('A', '111'), paid('A', '222'))).toBe('contradiction: fact_differs (rrn)');
  });

  it('name the order when there is exactly one, before the metadata does', () => {
    expect(foldEvents(session({ pays: { A: '50' }, order: 'M' })).rows.invoice.orderId).toBe('A');
    expect(foldEvents(session({ pays: { '': '50' }, order: 'M' })).rows.invoice.orderId).toBe('M');
    expect(foldEvents(session({ pays: { A: '1', B: '2' }, order: 'M' })).rows.invoice.orderId).toBeNull();
  });

  it('without an id and with different amounts are flagged, and the first stays', () => {
    const events = [session({ pays: { '': '50' } }), session({ pays: { '': '60' } })];
    expect(verdict(...events)).toBe('contradiction: other_amount (amount)');
    expect(transactionRows(...events)).toEqual(['payment 50']);
  });

  it('without an id in one list stand as their sum, flagged, and the session goes on', () => {
    const list = (word: Event['status']['word']): Event => {
      const [one, two] = [session({ word, pays: { '': '50' } }), session({ word, pays: { '': '60' } })];
      return { ...one, payments: [...one.payments, ...two.payments] };
    };
    expect(verdict(list('processing'))).toBe('contradiction: other_amount (amount)');
    expect(foldEvents(list('processing'), list('paid')).rows.invoice).toMatchObject({ status: 'paid', amount: '110' });
    expect(transactionRows(list('processing'), list('paid'), list('paid'))).toEqual(['payment 110']);
  });

  it('with one id named twice in a list keep the first amount, flagged', () => {
    const twice = { ...at('paid', '50'), payments: [...at('paid', '50').payments, ...at('paid', '60').payments] };
    expect(verdict(twice)).toBe('contradiction: other_amount (amount)');
    expect(transactionRows(twice)).toEqual(['payment 50']);
    expect(foldEvents(twice).rows.invoice.status).toBe('paid');
  });

  it('contradict with another amount in the same stage, and the message is not taken at all', () => {
    expect(verdict(at('paid', '50'), at('paid', '51', { people: { client_name: 'X' } }))).toBe(
      'contradiction: other_amount (amount)',
    );
    expect(foldEvents(at('paid', '50'), at('paid', '51', { people: { client_name: 'X' } })).rows).toEqual(
      foldEvents(at('paid', '50')).rows,
    );
    expect(verdict(at('on_hold', '50'), at('on_hold', '51'))).toBe('contradiction: other_amount (amount)');
  });

  it('do not contradict when captured below their hold', () => {
    expect(verdict(at('on_hold', '50'), at('paid', '40'))).toBe('new');
    for (const events of [
      [at('on_hold', '50'), at('paid', '40')],
      [at('paid', '40'), at('on_hold', '50')],
    ]) {
      expect(foldEvents(...events).rows.invoice).toMatchObject({ amount: '40', status: 'paid' });
      expect(transactionRows(...events)).toEqual(['payment 40']);
    }
  });

  it('are no money while held, and none without an amount', () => {
    expect(transactionRows(at('on_hold', '50'))).toEqual([]);
    expect(transactionRows(at('paid', null))).toEqual([]);
    expect(foldEvents(at('paid', null), at('paid', '50')).rows.invoice.amount).toBe('50');
  });

  it('are dated at the first receipt of paid, not at the creation of the session', () => {
    const events = [
      at('processing', '50'),
      at('paid', '50', { createdAt: minute(-60) }),
      at('paid', '50', { delivery: { waybills: ['20'] } }),
    ];
    expect(foldEvents(...events).rows.invoice).toMatchObject({
      paidAt: minute(1),
      timeSource: 'receipt',
      createdAt: minute(-60),
    });
  });
});

describe('the status of a session', () => {
  it('voided > paid > on_hold > expired > failed > processing > created, whichever was received first', () => {
    const upwards = (['created', 'processing', 'failed', 'expired', 'on_hold', 'paid', 'voided'] as const).map((word) =>
      at(word, '5'),
    );
    upwards.forEach((event, index) => {
      const part = upwards.slice(0, index + 1);
      expect(foldEvents(...part).rows.invoice.status).toBe(event.status.word);
      expect(foldEvents(...part.toReversed()).rows.invoice.status).toBe(event.status.word);
    });
  });

  it("keeps the provider's later word of one of ours", () => {
    const held = at('on_hold', '5', { raw: 'holded', step: 0 });
    const confirmed = at('on_hold', '5', { raw: 'hold_confirmed', step: 1 });
    expect(foldEvents(confirmed, held).rows.invoice.statusRaw).toBe('hold_confirmed');
    expect(foldEvents(held, confirmed).rows.invoice.statusRaw).toBe('hold_confirmed');
  });

  it('takes a late message into the timeline without a contradiction', () => {
    expect(verdict(at('paid', '5'), at('processing', '5'))).toBe('new');
  });
});

describe('a void', () => {
  it('gives a negative row dated at its receipt where a paid is known', () => {
    const rows = foldEvents(at('paid', '50'), at('voided', '50')).rows.transactions;
    expect(rows.map((row) => [row.kind, row.amount, row.occurredAt])).toEqual([
      ['payment', '50', minute(0)],
      ['refund', '-50', minute(1)],
    ]);
  });

  it('gives none from a hold or alone', () => {
    expect(transactionRows(at('on_hold', '50'), at('voided', '50'))).toEqual([]);
    expect(transactionRows(at('voided', '50'))).toEqual([]);
  });

  it('before its paid gives both rows, net zero, and the status stays voided', () => {
    expect([...transactionRows(at('voided', '50'), at('paid', '50'))].sort()).toEqual(['payment 50', 'refund -50']);
    expect(foldEvents(at('voided', '50'), at('paid', '50')).rows.invoice.status).toBe('voided');
  });

  it('takes back what was paid, also where less was captured than held', () => {
    expect(transactionRows(at('on_hold', '50'), at('paid', '40'), at('voided', '50'))).toEqual([
      'payment 40',
      'refund -40',
    ]);
  });

  it('of one payment leaves the others; one that names none is of all', () => {
    const both = session({ pays: { A: '50', B: '30' } });
    expect(transactionRows(both, at('voided', '50'))).toEqual(['payment 50', 'payment 30', 'refund -50']);
    expect(transactionRows(both, session({ word: 'voided' }))).toEqual([
      'payment 50',
      'payment 30',
      'refund -50',
      'refund -30',
    ]);
  });

  it('keeps the date of its first receipt when it is told again in another form', () => {
    const rows = foldEvents(at('paid', '50'), session({ word: 'voided' }), at('voided', '50')).rows.transactions;
    expect(rows.map((row) => row.occurredAt)).toEqual([minute(0), minute(1)]);
  });
});

describe('what a void says of people and methods', () => {
  it('is believed less than what the payment itself said', () => {
    const paid = at('paid', '50', { people: { client_name: 'Іван' } });
    const voided = at('voided', '50', { people: { client_name: 'Петро' } });
    for (const events of [
      [paid, voided],
      [voided, paid],
    ]) {
      expect(foldEvents(...events).rows.invoice.customerName).toBe('Іван');
    }
    expect(verdict(paid, voided)).toBe('new');
  });

  it('is flagged where two equally believed messages differ, and the first stays', () => {
    const events = [
      at('paid', '50', { people: { client_name: 'Іван' } }),
      at('paid', '50', { people: { client_name: 'Петро' }, delivery: { waybills: ['20'] } }),
    ];
    expect(verdict(...events)).toBe('contradiction: fact_differs (client_name)');
    expect(foldEvents(...events).rows).toMatchObject({
      invoice: { customerName: 'Іван' },
      delivery: { waybills: ['20'] },
    });
  });
});

describe('delivery', () => {
  const parcel = (delivery: Partial<DeliveryClaim>): Event => at('paid', '50', { delivery });
  const paid = at('paid', '50');
  const created = parcel({ waybills: ['20450012345678'] });
  const failed = parcel({ failureReasons: ['RecipientsPhone invalid format'] });
  const statusOf = (...events: readonly Event[]): string | undefined => foldEvents(...events).rows.delivery?.status;

  it('is there once a session has one', () => {
    expect(foldEvents(paid).rows.delivery).toBeNull();
    expect(statusOf(parcel({}))).toBe('none');
  });

  it('paid, waybill created and a failure end alike in every order', () => {
    const orders = [
      [paid, created, failed],
      [paid, failed, created],
      [created, paid, failed],
      [created, failed, paid],
      [failed, paid, created],
      [failed, created, paid],
    ];
    for (const events of orders) {
      expect(foldEvents(...events).rows.delivery).toEqual(foldEvents(paid, created, failed).rows.delivery);
      expect(statusOf(...events)).toBe('waybill_created');
    }
    expect(statusOf(paid, failed)).toBe('waybill_failed');
  });

  it('has waybills that only grow', () => {
    const { rows } = foldEvents(created, parcel({ waybills: ['59000000000001'] }), parcel({ waybills: [] }));
    expect(rows.delivery?.waybills).toEqual(['20450012345678', '59000000000001']);
  });

  it('raises attention for a failure received after a waybill, and only for that', () => {
    const attention = (...events: readonly Event[]): readonly string[] => foldEvents(...events).state.attention;
    expect(attention(created, failed)).toEqual(['failure_after_waybill']);
    expect(attention(failed, created)).toEqual([]);
    expect(attention(failed, created, failed)).toEqual([]);
    const both = { waybills: ['20450012345678'], failureReasons: ['Warehouse does not exist'] };
    expect(attention(created, parcel(both))).toEqual(['failure_after_waybill']);
    expect(attention(parcel(both))).toEqual([]);
  });

  it('takes a repeated identical failure as nothing new', () => {
    expect(verdict(failed, failed)).toBe('nothing_new');
    expect(verdict(created, failed, failed)).toBe('nothing_new');
  });
});

it('takes in as many payments as a body can hold, and again with the next status', () => {
  const pays = Object.fromEntries(Array.from({ length: 8_000 }, (_, index) => [`order-${index}`, '1']));
  const { rows } = foldEvents(session({ word: 'on_hold', pays }), session({ pays }));
  expect(rows.transactions).toHaveLength(8_000);
  expect(rows.invoice).toMatchObject({ amount: '8000', status: 'paid' });
});
