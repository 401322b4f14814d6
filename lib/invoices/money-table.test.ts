import { describe, expect, it } from 'vitest';
import { merge } from '@/lib/fold/merge';
import type { State } from '@/lib/fold/state';
import { getProvider } from '@/lib/providers';
import type { Fields, Provider } from '@/lib/providers/provider';
import { type MoneyLine, moneyTable } from './money-table';
import { transactionTotals } from './transaction-totals';

const NOW = new Date('2026-01-27T12:30:00.000Z');

function provider(id: string): Provider {
  const found = getProvider(id);
  if (!found) throw new Error(`There is no provider ${id}`);
  return found;
}

function sample(id: string, name: string): Fields {
  const found = provider(id).samples.find((each) => each.name === name);
  if (!found) throw new Error(`There is no sample ${name}`);
  return found.build(NOW);
}

/** What is believed after these bodies. */
function stateOf(id: string, ...bodies: readonly Fields[]): State {
  let state: State | null = null;
  for (const body of bodies) {
    const parsed = provider(id).parse(body);
    if (!parsed.ok) throw new Error(`The body lacks ${parsed.field}`);
    const receipt = { event: parsed.event, signer: 'live', receivedAt: '2026-01-27T12:30:00.000000Z' } as const;
    state = merge(state, { ...receipt, grade: id === 'novapay' ? 'rsa' : 'jwt' }).state;
  }
  if (!state) throw new Error('No bodies');
  return state;
}

function details(body: Fields, change: Fields): Fields {
  return { ...body, invoice_info: { ...(body.invoice_info as Fields), ...change } };
}

const values = (lines: readonly MoneyLine[] = []): Record<string, readonly [string | null, string | null]> =>
  Object.fromEntries(lines.map(({ name, own, usd }) => [name, [own, usd]]));

describe('the money table', () => {
  it('repeats the provider’s digits and computes the difference exactly', () => {
    const body = { ...sample('cryptocloud', 'partial'), amount_crypto: '0.100000000000000001' };
    const change = { amount_to_pay: '0.3', amount_paid: '0.100000000000000001', fee: '1.499999996212864e-06' };
    const { parts, together } = moneyTable(stateOf('cryptocloud', details(body, change)));
    expect(parts).toHaveLength(1);
    expect(together).toEqual([]);
    expect(values(parts[0]?.lines)).toMatchObject({
      due: ['0.3', '24.61'],
      paid: ['0.100000000000000001', '10.5'],
      difference: ['-0.199999999999999999', '-14.11'],
      network_fee: ['0.000001499999996212864', '1.4'],
      service_fee: ['0.467590', '0.47'],
    });
    expect(parts[0]?.price).toBe('24.61');
  });

  it('has nothing but what was paid where a form says no more', () => {
    const { invoice_info: _, ...flat } = sample('cryptocloud', 'paid');
    const { parts } = moneyTable(stateOf('cryptocloud', { ...flat, status: 'success' }));
    expect(values(parts[0]?.lines)).toEqual({ paid: ['24.61', null] });
  });

  it('says what is asked for before anything came', () => {
    const { parts } = moneyTable(stateOf('cryptocloud', sample('cryptocloud', 'created')));
    expect(values(parts[0]?.lines)).toMatchObject({ due: ['24.61', '24.61'], difference: ['-24.61', '-24.61'] });
  });

  it('lists several transfers each and together, and sums neither what was asked for nor two currencies', () => {
    const first = details(sample('cryptocloud', 'paid'), { tx_list: ['a'.repeat(64)] });
    const second = details(
      { ...first, amount_crypto: '0.39' },
      {
        amount_paid: '0.39',
        amount_paid_usd: null,
        tx_list: ['b'.repeat(64)],
      },
    );
    const { parts, together } = moneyTable(stateOf('cryptocloud', first, second));
    expect(parts.map(({ hashes }) => hashes[0]?.[0])).toEqual(['a', 'b']);
    const sums = values(together);
    expect(sums.paid?.[0]).toBe('25.00');
    expect(sums.network_fee).toEqual(['2.8', '2.8']);
    expect(Object.keys(sums)).not.toContain('due');
    expect(Object.keys(sums)).not.toContain('difference');
  });

  it('counts a top-up once: its transfer carries the running total', () => {
    const before = sample('cryptocloud', 'partial');
    const [hash] = (before.invoice_info as { tx_list: readonly string[] }).tx_list;
    const after = details(
      { ...before, amount_crypto: '24.61' },
      {
        amount_paid: '24.61',
        status: 'paid',
        tx_list: [hash ?? '', 'c'.repeat(64)],
      },
    );
    const { parts } = moneyTable(stateOf('cryptocloud', before, after));
    expect(parts).toHaveLength(1);
    expect(values(parts[0]?.lines).difference?.[0]).toBe('0.00');
  });

  it('asks for nothing at a static wallet, whatever its postbacks name as due', () => {
    const first = details(sample('cryptocloud', 'static-wallet'), { amount_to_pay: '5', amount_to_pay_usd: '5' });
    const second = details(first, { tx_list: ['b'.repeat(64)] });
    const { parts, together } = moneyTable(stateOf('cryptocloud', first, second));
    expect(parts).toHaveLength(2);
    for (const { lines, price } of parts) {
      expect(values(lines)).toMatchObject({ paid: ['24.61', '24.61'], service_fee: ['0.467590', '0.47'] });
      expect(Object.keys(values(lines))).not.toEqual(expect.arrayContaining(['due']));
      expect(Object.keys(values(lines))).not.toEqual(expect.arrayContaining(['difference']));
      expect(price).toBe(null);
    }
    expect(values(together).paid).toEqual(['49.22', '49.22']);
  });

  it('takes back what was refunded of a payment, and has cash that is not there as due', () => {
    const paid = { ...sample('novapay', 'card'), status: 'paid', amount: '100.00' };
    const some = { ...paid, refunded_amount: '30' };
    const [part] = moneyTable(stateOf('novapay', paid, some, { ...some, refunded_amount: '45' })).parts;
    expect(values(part?.lines)).toEqual({ paid: ['100.00', null], returned: ['-45', null] });
    const cash = { ...paid, paytype: 'cash_on_delivery' };
    expect(values(moneyTable(stateOf('novapay', cash)).parts[0]?.lines)).toEqual({ due: ['100.00', null] });
    const paidOut = { ...cash, delivery: { delivery_status_code: '11' } };
    expect(values(moneyTable(stateOf('novapay', cash, paidOut)).parts[0]?.lines)).toEqual({ paid: ['100.00', null] });
  });

  it('stands held beside paid and takes a void back, a line for each payment', () => {
    const held = { ...sample('novapay', 'card'), status: 'holded', amount: '100.00' };
    const paid = { ...held, status: 'paid', amount: '90.50' };
    const voided = { ...paid, status: 'voided' };
    const { parts } = moneyTable(stateOf('novapay', held, paid, voided));
    expect(values(parts[0]?.lines)).toEqual({
      held: ['100.00', null],
      paid: ['90.50', null],
      difference: ['-9.50', null],
      returned: ['-90.50', null],
    });
  });
});

describe('what transactions make together', () => {
  it('is a line for each currency, expected cash apart', () => {
    const totals = transactionTotals([
      { kind: 'payment', amount: '1.10', currency: 'UAH' },
      { kind: 'refund', amount: '-0.1', currency: 'UAH' },
      { kind: 'expected', amount: '5', currency: 'UAH' },
      { kind: 'payment', amount: '0.000000000000000001', currency: 'ETH' },
    ]);
    expect(totals).toEqual([
      { expected: false, currency: 'UAH', amount: '1.00' },
      { expected: true, currency: 'UAH', amount: '5' },
      { expected: false, currency: 'ETH', amount: '0.000000000000000001' },
    ]);
  });
});
