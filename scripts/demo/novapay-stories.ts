import type { Fields } from '@/lib/providers/provider';
import { fromCents } from './cents';
import type { Dice } from './dice';
import { cardOf, productsOf, type Session, say, session, totalOf } from './novapay-body';
import { FAILURES, mendedAfter, shipped, someFailures, waybillFailed } from './parcel';
import { after, DAY, type Flaw, HOUR, MINUTE, type Posting, SECOND, type Stories, type Story } from './posting';
import type { Shop } from './shops';

/** What NovaPay tells a shop of a session, from the first click to the parcel. */

interface Opened {
  readonly of: Session;
  readonly before: readonly Posting[];
  /** When the buyer was done. */
  readonly at: Date;
}

function opened(dice: Dice, shop: Shop, start: Date, change: Partial<Session> = {}): Opened {
  const of = session(dice, shop, start, change);
  const at = after(start, dice.between(40 * SECOND, 8 * MINUTE));
  const first = say(of, dice.chance(0.15) ? 'precreated' : 'created', after(start, 2 * SECOND));
  const clicked = say(of, 'processing', after(at, -dice.between(5, 20) * SECOND));
  return { of, before: dice.chance(0.5) ? [first, clicked] : [first], at };
}

const paidAndShipped: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  const card = dice.chance(0.5) ? cardOf(dice, of) : {};
  return [...before, say(of, 'paid', at, {}, card), ...shipped(dice, of, at, card)];
};

const paidWithoutParcel: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start, { shipped: false });
  return [...before, say(of, 'paid', at, {}, cardOf(dice, of))];
};

const cashOnDelivery: Story = (dice, shop, start) => {
  const { of, at } = opened(dice, shop, start, { paytype: 'cash_on_delivery' });
  return [say(of, 'paid', at), ...shipped(dice, of, at)];
};

const abandoned: Story = (dice, shop, start) => {
  const { of, before } = opened(dice, shop, start);
  return [...before.slice(0, 1), say(of, 'expired', after(start, 24 * HOUR))];
};

/** The card was declined; every other buyer tries again. */
const declined: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  const failed = say(
    of,
    'failed',
    at,
    {},
    { processing_result: dice.pick(['Insufficient funds', 'Do not honor', '3DS failed']) },
  );
  if (dice.chance(0.5)) return [...before, failed];
  const again = after(at, dice.between(MINUTE, 20 * MINUTE));
  return [
    ...before,
    failed,
    say(of, 'processing', after(again, -9 * SECOND)),
    say(of, 'paid', again),
    ...shipped(dice, of, again),
  ];
};

/** The money is held until the goods are packed; sometimes an item is missing and less is taken. */
const heldAndCaptured: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  const packed = after(at, dice.between(3 * HOUR, 4 * DAY));
  const fewer = of.lines.length > 1 && dice.chance(0.4) ? of.lines.slice(1) : of.lines;
  const taken: Session = { ...of, lines: fewer };
  return [
    ...before,
    say(of, 'holded', at),
    say(of, 'hold_confirmed', after(packed, -MINUTE)),
    say(of, 'processing_hold_completion', after(packed, -20 * SECOND)),
    say(taken, 'paid', packed),
    ...shipped(dice, taken, packed),
  ];
};

const held: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  return [...before, say(of, 'holded', at), say(of, 'voided', after(at, 29 * DAY))];
};

const heldAndReleased: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  return [...before, say(of, 'holded', at), say(of, 'voided', after(at, dice.between(HOUR, 3 * DAY)))];
};

const refunded: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  const back = after(at, dice.between(HOUR, 9 * DAY));
  return [
    ...before,
    say(of, 'paid', at),
    say(of, 'processing_void', after(back, -40 * SECOND)),
    say(of, 'voided', back),
  ];
};

/** A late message after a refund must not make it a payment again. */
const refundedThenLate: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  const back = after(at, 2 * HOUR);
  return [...before, say(of, 'voided', back), say(of, 'paid', after(back, 5 * MINUTE))];
};

const failedAndMended: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  const failed = waybillFailed(dice, of, after(at, 4 * SECOND), someFailures(dice));
  return [...before, say(of, 'paid', at), failed, ...shipped(dice, of, mendedAfter(dice, at))];
};

/** Mended, and something else was wrong too. */
const failedTwice: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  const second = mendedAfter(dice, at);
  const first = waybillFailed(dice, of, after(at, 4 * SECOND), someFailures(dice));
  return [...before, say(of, 'paid', at), first, waybillFailed(dice, of, second, someFailures(dice))];
};

/** Nothing about this one was right: every reason of the provider's own sample. */
const allReasons: Story = (dice, shop, start) => {
  const { of, at } = opened(dice, shop, start, { paytype: 'cash_on_delivery' });
  return [say(of, 'paid', at), waybillFailed(dice, of, after(at, 3 * SECOND), FAILURES.slice(0, 6))];
};

/** The merchant's other setting: the payments of a session in a list, and none at the top. */
const severalPayments: Story = (dice, shop, start) => {
  const { of, at } = opened(dice, shop, start);
  const payments = [of, session(dice, shop, start)].map(({ lines }, index) => ({
    external_id: `${of.order ?? `${shop.orderPrefix}${dice.digits(5)}`}-${index + 1}`,
    amount: fromCents(totalOf(lines)),
    products: productsOf(lines),
  }));
  const listed = (status: string, time: Date): Posting => {
    const posting = say(of, status, time);
    const { external_id: _, amount: __, products: ___, ...fields } = posting.fields;
    return { ...posting, fields: { ...fields, payments } };
  };
  return [listed('created', after(start, SECOND)), listed('paid', at)];
};

const retried: Story = (dice, shop, start) => {
  const story = paidAndShipped(dice, shop, start);
  return story.flatMap((posting) => [
    posting,
    ...(dice.chance(0.4) ? [{ ...posting, at: after(posting.at, 30 * SECOND) }] : []),
  ]);
};

const contradiction: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  const other = fromCents(totalOf(of.lines) + 5_000);
  return [...before, say(of, 'paid', at), say(of, 'paid', after(at, 3 * MINUTE), {}, { amount: other })];
};

const newWord: Story = (dice, shop, start) => {
  const { of, before, at } = opened(dice, shop, start);
  return [...before, say(of, 'awaiting_bank', at)];
};

function withTop(change: (fields: Fields) => Fields, flaw?: Flaw): Story {
  return (dice, shop, start) => {
    const { of, at } = opened(dice, shop, start);
    const posting = say(of, 'paid', at);
    return [{ ...posting, fields: change(posting.fields), ...(flaw ? { flaw } : {}) }];
  };
}

const spoilt = (flaw: Flaw): Story => withTop((fields) => fields, flaw);

export const NOVAPAY_STORIES: Stories = [
  [400, paidAndShipped],
  [60, paidWithoutParcel],
  [130, cashOnDelivery],
  [70, abandoned],
  [60, declined],
  [70, heldAndCaptured],
  [12, held],
  [12, heldAndReleased],
  [26, refunded],
  [3, refundedThenLate],
  [34, failedAndMended],
  [16, failedTwice],
  [2, allReasons],
  [20, severalPayments],
  [34, retried],
  [3, contradiction],
  [2, newWord],
  [8, spoilt('legacy_signature')],
  [4, spoilt('test_key')],
  [4, spoilt('wrong_key')],
  [3, spoilt('unsigned')],
  [2, spoilt('cut_short')],
  [2, withTop(({ status: _, ...rest }) => rest)],
  [2, withTop((fields) => ({ ...fields, amount: '0' }))],
  [0, spoilt('redirected')],
];
