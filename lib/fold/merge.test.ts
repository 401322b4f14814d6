import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/providers/provider';
import { crypto, fold, foldEvents, form, minute, received } from './events.testing';
import { merge } from './merge';
import type { Merged } from './state';
import { MAX_TRANSFERS } from './transfers';

/** Kind and amount of every transaction, oldest first. */
function transactionRows(...events: readonly Event[]): readonly string[] {
  return foldEvents(...events).rows.transactions.map((row) => `${row.kind} ${row.amount}`);
}

function last(...events: readonly Event[]): Merged | undefined {
  return foldEvents(...events).results.at(-1);
}

/** What the last message was called, and why. */
function verdict(...events: readonly Event[]): string {
  const merged = last(...events);
  return merged?.reason ? `${merged.result}: ${merged.reason} (${merged.field})` : (merged?.result ?? '');
}

const first = crypto({ hashes: ['a'], amount: '10', at: minute(1) });
const topUp = crypto({ hashes: ['a', 'b'], amount: '25.5', at: minute(2) });
const second = crypto({ hashes: ['c'], amount: '4', at: minute(3) });

describe('one id under a new token', () => {
  it('sums hashes that are disjoint from the known ones as a further transaction', () => {
    const { rows } = foldEvents(first, second);
    expect(rows.transactions.map((row) => [row.kind, row.amount, row.txHashes])).toEqual([
      ['payment', '10', ['a']],
      ['payment', '4', ['c']],
    ]);
    expect(rows.invoice.amount).toBe('14');
  });

  it('takes a superset as a top-up whose amount is the new total', () => {
    expect(foldEvents(first, topUp).rows.invoice.amount).toBe('25.5');
  });

  it('makes a top-up a second transaction of the exact difference with its own date', () => {
    const rows = foldEvents(first, topUp).rows.transactions;
    expect(rows.map((row) => [row.kind, row.amount, row.txHashes, row.occurredAt])).toEqual([
      ['payment', '10', ['a'], minute(1)],
      ['top_up', '15.5', ['b'], minute(2)],
    ]);
    expect(rows[0]).toEqual(foldEvents(first).rows.transactions[0]);
  });

  it('gives the same transactions when the top-up comes before what it tops up', () => {
    expect(transactionRows(topUp, first)).toEqual(['payment 10', 'top_up 15.5']);
  });

  it('makes no transaction of a superset that holds no more money', () => {
    expect(transactionRows(first, crypto({ hashes: ['a', 'b'], amount: '10.00' }))).toEqual(['payment 10']);
  });

  it('takes the same content as nothing new', () => {
    expect(verdict(first, first)).toBe('nothing_new');
    expect(verdict(form('10'), form('10'))).toBe('nothing_new');
  });

  it('keeps known facts where a message has no hashes and another amount', () => {
    expect(verdict(first, form('11'))).toBe('contradiction: transfer_without_hash (amount_crypto)');
    expect(transactionRows(first, form('11'))).toEqual(['payment 10']);
    expect(transactionRows(form('10'), form('11'))).toEqual(['payment 10']);
    expect(transactionRows(form('11'), first)).toEqual(['payment 11']);
  });

  it('takes the form twin of a JSON body as nothing new and its hashes where they come later', () => {
    expect(verdict(first, form('10.0'))).toBe('nothing_new');
    expect(foldEvents(form('10'), first).rows.transactions[0]?.txHashes).toEqual(['a']);
    expect(transactionRows(form('14'), first, second)).toEqual(['payment 10', 'payment 4']);
  });

  it('believes the hashes from the moment an amount without hashes agrees with them', () => {
    const events = [crypto({ amount: '99' }), first, form('10')];
    expect(foldEvents(...events).results.map((merged) => merged.result)).toEqual(['new', 'contradiction', 'new']);
    expect(transactionRows(...events.slice(0, 2))).toEqual(['payment 99']);
    expect(transactionRows(...events)).toEqual(['payment 10']);
  });

  it('does not count the status of an amount that is not believed', () => {
    const { rows } = foldEvents(form('99', { word: 'overpaid', basis: 'invoice' }), first, form('10'));
    expect(rows.invoice).toMatchObject({ status: 'paid', amount: '10' });
  });

  it('reads hashes in any order, and one that is named twice once', () => {
    expect(verdict(topUp, crypto({ hashes: ['b', 'a', 'b'], amount: '25.5', at: minute(2) }))).toBe('nothing_new');
  });
});

describe('a contradiction is flagged and known facts stay', () => {
  it.each([
    ['another currency', crypto({ hashes: ['c'], currency: 'BTC' }), 'other_currency (currency)'],
    ['another order', crypto({ hashes: ['c'], order: 'B' }), 'other_order (order_id)'],
    ['another amount of the same hash', crypto({ hashes: ['a'], amount: '11' }), 'other_amount (amount_crypto)'],
    ['test and not test', crypto({ hashes: ['c'], test: true }), 'test_and_real (test_mode)'],
    [
      'hashes that overlap otherwise',
      crypto({ hashes: ['b', 'x'], amount: '90' }),
      'overlapping_transfers (amount_crypto)',
    ],
    [
      'a total below what it includes',
      crypto({ hashes: ['a', 'b', 'x'], amount: '25' }),
      'other_amount (amount_crypto)',
    ],
    ['a part above the total around it', crypto({ hashes: ['b'], amount: '16' }), 'other_amount (amount_crypto)'],
  ])('%s', (_, event, reason) => {
    const known = [crypto({ hashes: ['a'], amount: '10', order: 'A', test: false }), topUp];
    expect(verdict(...known, event)).toBe(`contradiction: ${reason}`);
    expect(foldEvents(...known, event).rows).toEqual(foldEvents(...known).rows);
    expect(foldEvents(...known, event).state.attention).toContain('contradiction');
  });

  it.each([
    ['the date', { at: minute(9) }, 'date_finished'],
    ['the value in dollars', { usd: '9' }, 'amount_usd'],
    ['a fee', { amounts: { network_fee: '2' } }, 'network_fee'],
    ['the address', { facts: { address: 'T2' } }, 'address'],
    ['the day of creation', { createdAt: minute(7) }, 'created'],
  ])('%s of the same payment, while the rest of the message counts', (_, other, field) => {
    const told = {
      hashes: ['a'],
      usd: '8',
      at: minute(1),
      createdAt: minute(0),
      amounts: { network_fee: '1' },
      facts: { address: 'T1' },
    };
    const events = [crypto(told), crypto({ ...told, ...other, order: 'A' })];
    expect(verdict(...events)).toBe(`contradiction: fact_differs (${field})`);
    expect(foldEvents(...events).rows).toEqual(foldEvents(crypto({ ...told, order: 'A' })).rows);
  });

  it('is not what a better believed message says otherwise, in either order', () => {
    const early = crypto({ word: 'created', createdAt: minute(1), facts: { address: 'T1' } });
    const late = crypto({ hashes: ['a'], createdAt: minute(2), facts: { address: 'T2' } });
    expect(verdict(early, late)).toBe('new');
    expect(verdict(late, early)).toBe('new');
    expect(foldEvents(late, early).state.facts).toEqual(foldEvents(early, late).state.facts);
    expect(foldEvents(late, early).rows.invoice.createdAt).toBe(minute(2));
  });
});

it('keeps so many transfers of one invoice, and flags one more', () => {
  const money = crypto({ amount: '1' });
  let { state } = foldEvents(crypto({ hashes: ['h0'], amount: '1' }));
  const [transfer] = state.transfers;
  if (!transfer) throw new Error('A transfer was told');
  const named = (nth: number): string => `h${String(nth).padStart(4, '0')}`;
  state = {
    ...state,
    transfers: Array.from({ length: MAX_TRANSFERS - 1 }, (_, nth) => ({ ...transfer, hashes: [named(nth)] })),
  };
  const add = (hash: string): Merged => {
    const payments = money.payments.map((payment) => ({ ...payment, hashes: [hash] }));
    const [receipt] = received([{ ...money, payments }]);
    if (!receipt) throw new Error('One was told');
    return merge(state, receipt);
  };
  const last = add('z1');
  expect(last).toMatchObject({ result: 'new' });
  state = last.state;
  expect(add('z2')).toMatchObject({ result: 'contradiction', reason: 'too_many_transfers', changed: false });
});

describe('status', () => {
  const said = (word: Event['status']['word'], more: Parameters<typeof crypto>[0] = {}): Event =>
    crypto({ word, hashes: ['a'], ...more });
  const statusOf = (...events: readonly Event[]): string => {
    const { status, statusRaw } = foldEvents(...events).rows.invoice;
    return status === statusRaw ? status : `${status} (${statusRaw})`;
  };

  it('overpaid > paid > partial > canceled > created, whichever was received first', () => {
    const upwards = (['created', 'canceled', 'partial', 'paid', 'overpaid'] as const).map((word) => said(word));
    upwards.forEach((event, index) => {
      expect(statusOf(...upwards.slice(0, index + 1))).toBe(event.status.word);
      expect(statusOf(...upwards.slice(0, index + 1).reverse())).toBe(event.status.word);
    });
  });

  it('taken from success alone yields to the status of the invoice, in either order', () => {
    expect(statusOf(form('10'), said('partial'))).toBe('partial');
    expect(statusOf(said('partial'), form('10'))).toBe('partial');
    expect(statusOf(form('10'))).toBe('paid (success)');
  });

  it('is never an unknown word where a known one was said', () => {
    const unknown = said('unknown', { raw: 'frozen' });
    expect(statusOf(unknown, said('created'))).toBe('created');
    expect(statusOf(said('created'), unknown)).toBe('created');
    expect(statusOf(unknown)).toBe('unknown (frozen)');
    expect(transactionRows(unknown)).toEqual([]);
  });
});

describe('money', () => {
  it('is none where the amount is none: kept, in no total, its status counts', () => {
    const { rows } = foldEvents(crypto({ hashes: ['a'], amount: null }));
    expect(rows.transactions).toEqual([]);
    expect(rows.invoice).toMatchObject({ status: 'paid', amount: null, paidAt: null });
  });

  it('does not forget what was asked for when a later message says no amount', () => {
    const asked = crypto({ word: 'created', amount: '10' });
    const none = crypto({ amount: null });
    expect(foldEvents(asked, none).rows.invoice.amount).toBe('10');
    expect(foldEvents(none, asked).rows.invoice.amount).toBe('10');
  });

  it('is only asked for before it was paid', () => {
    const asked = crypto({ word: 'created', amount: '12' });
    expect(transactionRows(asked)).toEqual([]);
    expect(foldEvents(asked).rows.invoice.amount).toBe('12');
    expect(foldEvents(first, asked).rows.invoice.amount).toBe('10');
  });

  it('has its dollars beside it, a top-up their difference, and none where a part has none', () => {
    const usd = (...events: readonly Event[]): readonly (string | null)[] =>
      foldEvents(...events).rows.transactions.map((row) => row.amountUsd);
    const more = crypto({ hashes: ['a', 'b'], amount: '25.5', usd: '51', at: minute(2) });
    expect(usd(crypto({ hashes: ['a'], usd: '20', at: minute(1) }), more)).toEqual(['20', '31']);
    expect(usd(first, more)).toEqual([null, null]);
  });

  it('of unknown test mode counts as real and is marked, until a body says test', () => {
    expect(foldEvents(form('10')).rows.invoice).toMatchObject({ isTest: false, testModeKnown: false });
    const test = crypto({ hashes: ['a'], test: true });
    for (const events of [
      [form('10'), test],
      [test, form('10')],
    ]) {
      expect(foldEvents(...events).rows.invoice).toMatchObject({ isTest: true, testModeKnown: true });
    }
  });

  it('that a test secret signed is test money for ever, whatever the body says', () => {
    const { rows, results } = fold(
      received([crypto({ test: false, hashes: ['a'] }), crypto({ test: true, hashes: ['b'] })], 'test'),
    );
    expect(rows.invoice).toMatchObject({ isTest: true, testModeKnown: true, amount: '20' });
    expect(results.map((merged) => merged.result)).toEqual(['new', 'new']);
  });

  it('keeps eighteen decimals', () => {
    expect(
      transactionRows(
        crypto({ hashes: ['a'], amount: '1.000000000000000001' }),
        crypto({ hashes: ['a', 'b'], amount: '3' }),
      ),
    ).toEqual(['payment 1.000000000000000001', 'top_up 1.999999999999999999']);
  });
});

describe('dates', () => {
  it('paid_at is date_finished, else the receipt, and time_source says which', () => {
    expect(foldEvents(first).rows.invoice).toMatchObject({ paidAt: minute(1), timeSource: 'provider' });
    expect(foldEvents(form('10')).rows.invoice).toMatchObject({ paidAt: minute(0), timeSource: 'receipt' });
    expect(foldEvents(form('10'), first).rows.invoice).toMatchObject({ paidAt: minute(1), timeSource: 'provider' });
  });

  it('an invoice that does not say when it was created was there at its first receipt', () => {
    expect(foldEvents(form('10'), form('10')).rows.invoice.createdAt).toBe(minute(0));
  });
});

describe('a merge', () => {
  it('calls a first message new and one that changes nothing in what is believed nothing new', () => {
    const { results } = foldEvents(first, form('10'), first);
    expect(results.map((merged) => merged.result)).toEqual(['new', 'nothing_new', 'nothing_new']);
    expect(results[2]?.state).toBe(results[0]?.state);
  });

  it('takes a better verified copy as news', () => {
    const copies = received([first, first]).map((receipt, index) => ({
      ...receipt,
      grade: index === 0 ? ('jwt_unbound' as const) : ('jwt' as const),
    }));
    expect(fold(copies).results[1]?.result).toBe('new');
    expect(fold(copies.toReversed()).state.verified).toBe('jwt');
  });

  it('holds five hundred transfers, and a wallet that names all of them every time', () => {
    const hashes = Array.from({ length: 500 }, (_, index) => `hash ${String(index).padStart(3, '0')}`);
    const apart = foldEvents(...hashes.map((hash) => crypto({ hashes: [hash], amount: '1' })));
    expect(apart.rows.transactions).toHaveLength(500);
    const growing = hashes
      .slice(0, 100)
      .map((_, index) => crypto({ hashes: hashes.slice(0, index + 1), amount: String(index + 1) }));
    expect(new Set(transactionRows(...growing))).toEqual(new Set(['payment 1', 'top_up 1']));
    expect(foldEvents(...growing).rows.invoice.amount).toBe('100');
  });
});
