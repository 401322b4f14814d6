import { describe, expect, it } from 'vitest';
import { concernsOf, percentOf, type Situation } from './attention';
import type { CashOnDelivery } from './status';

const NOW = new Date('2026-01-27T12:00:00Z');
const PLAIN: Situation = {
  status: 'paid',
  due: null,
  paid: '10',
  expiresAt: null,
  heldAt: null,
  cash: null,
  parcel: null,
};

describe('what somebody should know', () => {
  it('is nothing of an invoice that is simply paid', () => {
    expect(concernsOf(PLAIN, NOW)).toEqual([]);
  });

  it('is how much of a part is missing, and whether it can still be paid', () => {
    const partial = { ...PLAIN, status: 'partial', due: '8', paid: '7.6' };
    const until = '2026-01-27T14:20:00.000000Z';
    expect(concernsOf({ ...partial, expiresAt: until }, NOW)).toEqual([
      { code: 'partial', percent: 95, missing: '0.4', until, open: true },
    ]);
    expect(concernsOf({ ...partial, expiresAt: '2026-01-27T11:59:59.999999Z' }, NOW)).toMatchObject([{ open: false }]);
    expect(concernsOf({ ...partial, due: null }, NOW)).toMatchObject([{ percent: null, missing: null }]);
    // Confirmed by hand, or the amounts disagree: nothing is missing that could be asked for.
    expect(concernsOf({ ...partial, paid: '8.0' }, NOW)).toMatchObject([{ percent: null, missing: null }]);
  });

  it('is what came too much', () => {
    expect(concernsOf({ ...PLAIN, status: 'overpaid', due: '24.61', paid: '30.00' }, NOW)).toEqual([
      { code: 'overpaid', extra: '5.39' },
    ]);
    expect(concernsOf({ ...PLAIN, status: 'overpaid' }, NOW)).toEqual([{ code: 'overpaid', extra: null }]);
  });

  it('is when a hold lapses', () => {
    const held = { ...PLAIN, status: 'on_hold', heldAt: '2026-01-01T10:00:00.000000Z' };
    const lapsesAt = '2026-01-30T10:00:00.000000Z';
    expect(concernsOf(held, NOW)).toEqual([{ code: 'on_hold', lapsesAt, lapsed: false }]);
    expect(concernsOf(held, new Date(lapsesAt))).toMatchObject([{ lapsed: true }]);
    expect(concernsOf({ ...held, heldAt: null }, NOW)).toMatchObject([{ lapsesAt: null, lapsed: false }]);
  });

  it('is a parcel that cannot leave, or that nobody paid for', () => {
    const parcel = { status: 'in_transit', waybills: 1 };
    expect(concernsOf({ ...PLAIN, parcel: { status: 'waybill_failed', waybills: 0 } }, NOW)).toEqual([
      { code: 'waybill_failed' },
    ]);
    expect(concernsOf({ ...PLAIN, status: 'voided', parcel }, NOW)).toEqual([{ code: 'stop_parcel' }]);
    expect(concernsOf({ ...PLAIN, status: 'voided', parcel: { ...parcel, status: 'received' } }, NOW)).toEqual([]);
    expect(concernsOf({ ...PLAIN, parcel }, NOW)).toEqual([]);
    const codes = (cash: CashOnDelivery): readonly string[] =>
      concernsOf({ ...PLAIN, cash }, NOW).map(({ code }) => code);
    expect(codes('expected')).toEqual(['cash']);
    expect(codes('collected')).toEqual(['cash_collected']);
    expect(codes('refused')).toEqual(['cash_refused']);
    expect(codes('received')).toEqual([]);
  });

  it.each([
    ['24.609999999999999999', '24.61', 99],
    ['24.61', '24.61', 100],
    ['0.000000000000000001', '1', 0],
    ['1', '3', 33],
  ])('%s of %s is %i %%', (part, whole, percent) => {
    expect(percentOf(part, whole)).toBe(percent);
  });
});
