import type { Fields } from '@/lib/providers/provider';
import { hashOf } from './coins';
import { type CryptoInvoice, cryptoBody, cryptoInvoice, type Told, withOneMore } from './crypto-body';
import type { Dice } from './dice';
import { after, DAY, type Flaw, HOUR, MINUTE, type Posting, SECOND, type Stories, type Story } from './posting';
import type { Shop } from './shops';

/** What CryptoCloud and Trybit tell a shop, from the plain payment to the oddities. */

/** A buyer needs some minutes, and the chain some more. */
function paidAfter(dice: Dice, start: Date): Date {
  return after(start, dice.between(2 * MINUTE, 25 * MINUTE));
}

interface Paid {
  readonly invoice: CryptoInvoice;
  readonly told: Told;
  readonly posting: Posting;
}

/** An invoice and the postback that it was paid, a hundredth share of it or several. */
function pay(dice: Dice, shop: Shop, start: Date, change: Partial<Told> = {}, percent = 100): Paid {
  const invoice = cryptoInvoice(dice, shop, start);
  const at = paidAfter(dice, start);
  const paidCents = Math.max(1, Math.round((invoice.dueCents * percent) / 100));
  const told: Told = { status: 'paid', paidCents, hashes: [hashOf(dice, invoice.coin)], at, ...change };
  return { invoice, told, posting: { at, fields: cryptoBody(shop, invoice, told) } };
}

function spoilt(flaw: Flaw): Story {
  return (dice, shop, start) => [{ ...pay(dice, shop, start).posting, flaw }];
}

const paid: Story = (dice, shop, start) => [pay(dice, shop, start).posting];

/** The shop's server was slow or down: the provider tries again, each time under another token. */
const retried: Story = (dice, shop, start) => {
  const { posting } = pay(dice, shop, start);
  const delays = [2 * SECOND, MINUTE, 6 * MINUTE].slice(0, dice.between(1, 3));
  return [posting, ...delays.map((delay) => ({ ...posting, at: after(posting.at, delay) }))];
};

const twoAtOnce: Story = (dice, shop, start) => {
  const { posting } = pay(dice, shop, start);
  return [posting, posting];
};

const asForm: Story = (dice, shop, start) => [{ ...pay(dice, shop, start).posting, format: 'form' }];

/** Somebody switched the cabinet's format between an attempt and the next. */
const formTwin: Story = (dice, shop, start) => {
  const { posting } = pay(dice, shop, start);
  return [posting, { ...posting, format: 'form', at: after(posting.at, 30 * SECOND) }];
};

const overpaid: Story = (dice, shop, start) => [
  pay(dice, shop, start, { status: 'overpaid' }, dice.between(101, 130)).posting,
];

/** Too little came; most buyers send the rest, the others stay partial or are let through by the merchant. */
const partial: Story = (dice, shop, start) => {
  const { invoice, told, posting } = pay(dice, shop, start, { status: 'partial' }, dice.between(40, 97));
  if (dice.chance(0.4)) return [posting];
  const at = after(told.at, dice.between(5 * MINUTE, 5 * HOUR));
  const hashes = [...told.hashes, hashOf(dice, invoice.coin)];
  const whole: Told = { status: 'paid', paidCents: invoice.dueCents, hashes, at };
  return [posting, { at, fields: cryptoBody(shop, invoice, whole) }];
};

/** A customer's own address: every transfer comes under an id of its own, and once in a while under one that is known. */
const staticWallet: Story = (dice, shop, start) => {
  const first = cryptoInvoice(dice, shop, start, 32);
  const transfers = dice.between(2, 5);
  return Array.from({ length: transfers }, (_, index) => {
    const at = after(
      start,
      index * dice.between(4 * HOUR, 3 * DAY) + paidAfter(dice, start).getTime() - start.getTime(),
    );
    const known = index === transfers - 1 && dice.chance(0.3);
    const invoice = known ? first : { ...first, id: index === 0 ? first.id : cryptoInvoice(dice, shop, at, 32).id };
    const told: Told = { status: 'paid', paidCents: dice.between(500, 25_000), hashes: [hashOf(dice, first.coin)], at };
    return { at, fields: cryptoBody(shop, invoice, told) };
  });
};

const testMode: Story = (dice, shop, start) => [pay(dice, shop, start, { test: true }).posting];
const created: Story = (dice, shop, start) => [pay(dice, shop, start, { status: 'created', hashes: [] }).posting];
const canceled: Story = (dice, shop, start) => [pay(dice, shop, start, { status: 'canceled', hashes: [] }).posting];

/** The same transfer, and suddenly it was more. */
const contradiction: Story = (dice, shop, start) => {
  const { posting } = pay(dice, shop, start);
  return [posting, { ...posting, at: after(posting.at, 4 * MINUTE), fields: withOneMore(posting.fields) }];
};

/** Somebody sends an old body again by hand, long after its token ran out. */
const replayedByHand: Story = (dice, shop, start) => {
  const { posting } = pay(dice, shop, start);
  return [posting, { ...posting, flaw: 'expired', at: after(posting.at, dice.between(HOUR, 20 * HOUR)) }];
};

function changed(change: (fields: Fields) => Fields): Story {
  return (dice, shop, start) => {
    const { posting } = pay(dice, shop, start);
    return [{ ...posting, fields: change(posting.fields) }];
  };
}

const withoutCurrency = changed(({ currency: _, ...rest }) => rest);
const unreadableAmount = changed((fields) => ({ ...fields, amount_crypto: 'NaN' }));
const nothingPaid = changed((fields) => ({ ...fields, amount_crypto: '0' }));

/** An afternoon on which the API KEY stood where the SECRET KEY belongs: everything was refused until it was noticed. */
const wrongKeyAfternoon: Story = (dice, shop, start) =>
  Array.from({ length: 9 }, (_, index) => {
    const { posting } = pay(dice, shop, after(start, index * dice.between(6 * MINUTE, 22 * MINUTE)));
    return { ...posting, flaw: 'wrong_key' as const };
  });

const FLAT: Stories = [
  [600, paid],
  [60, retried],
  [14, twoAtOnce],
  [90, asForm],
  [8, replayedByHand],
  [10, spoilt('unbound')],
  [7, spoilt('bytes_literal')],
  [5, spoilt('expired')],
  [4, spoilt('wrong_key')],
  [3, spoilt('unsigned')],
  [2, spoilt('other_invoice')],
  [2, spoilt('python_print')],
  [2, spoilt('cut_short')],
  [1, spoilt('empty')],
  [2, withoutCurrency],
  [2, unreadableAmount],
  [3, nothingPaid],
  [3, contradiction],
];

export const FLAT_STORIES: Stories = [...FLAT, [0, wrongKeyAfternoon], [0, spoilt('redirected')]];

export const CRYPTO_STORIES: Stories = [
  ...FLAT,
  [40, overpaid],
  [55, partial],
  [16, staticWallet],
  [14, formTwin],
  [10, testMode],
  [6, spoilt('test_key')],
  [12, created],
  [18, canceled],
  [0, spoilt('xml')],
];
