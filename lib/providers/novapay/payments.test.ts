import { describe, expect, test } from 'vitest';
import type { Event, Fields } from '../provider';
import { parse } from './parse';

function event(fields: Fields): Event {
  const parsed = parse({ id: '0f9e8d7c-1111-4222-8333-444455556666', status: 'paid', ...fields });
  if (!parsed.ok) throw new Error(`${parsed.field} ${parsed.problem}`);
  return parsed.event;
}

describe('a refund', () => {
  const refunds = (sent: Fields): unknown => {
    const { payments, refunded } = event(sent);
    return [payments.map((payment) => payment.refunded ?? null), refunded ?? null];
  };

  test.each<[string, Fields, unknown]>([
    ['of the payment at the top', { amount: '100', refunded_amount: '30' }, [['30'], null]],
    ['under its other name', { amount: '100', refund_amount: '30.50' }, [['30.50'], null]],
    ['under both names is the larger', { amount: '100', refund_amount: '30', refunded_amount: '9' }, [['30'], null]],
    [
      'of a payment in the list',
      {
        payments: [
          { external_id: 'A', amount: '5', refunded_amount: '2.50' },
          { external_id: 'B', amount: '7' },
        ],
      },
      [['2.50', null], null],
    ],
    [
      'above a list of one is of that one',
      { payments: [{ external_id: 'A', amount: '5' }], refunded_amount: '2' },
      [['2'], null],
    ],
    [
      'above a list of several is of them together',
      {
        payments: [
          { external_id: 'A', amount: '5' },
          { external_id: 'B', amount: '7' },
        ],
        refunded_amount: '2',
      },
      [[null, null], '2'],
    ],
    ['without any payment is of the session', { refunded_amount: '2' }, [[], '2']],
    ['of nothing is none', { amount: '100', refunded_amount: '0.00' }, [[null], null]],
    ['that is null is none', { amount: '100', refunded_amount: null }, [[null], null]],
  ])('%s', (_, sent, expected) => {
    expect(refunds(sent)).toEqual(expected);
    expect(event(sent).flags).toEqual([]);
  });

  test('that is negative or no number is kept as sent and flagged', () => {
    expect(event({ amount: '100', refunded_amount: '-30' })).toMatchObject({
      flags: [{ code: 'not_money', field: 'refunded_amount' }],
    });
    expect(event({ amount: '100', refunded_amount: 'some' })).toMatchObject({
      flags: [{ code: 'unreadable_field', field: 'refunded_amount' }],
    });
  });
});
