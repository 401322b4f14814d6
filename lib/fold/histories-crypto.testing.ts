import type { InvoiceStatus } from '@/lib/invoices/status';
import type { Event } from '@/lib/providers/provider';
import { crypto, form, minute } from './events.testing';
import { cents, type Random, spelled } from './random.testing';

interface Total {
  readonly hashes: readonly string[];
  readonly hundredths: number;
}

/** What is true of one invoice; its messages say parts of it. */
interface Truth {
  readonly totals: readonly Total[];
  readonly bareOnly: boolean;
  readonly order: string | null;
  readonly test: boolean;
  readonly usd: boolean;
  readonly dated: boolean;
  /** Long before the receipts, about their time, or long after them. */
  readonly finished: number;
  readonly asked: number;
}

/** Messages about one crypto invoice that do not contradict each other, in no particular order. */
export function cryptoEvents(random: Random): readonly Event[] {
  const truth = truthOf(random);
  const money = truth.totals.flatMap((total) => {
    const copies = 1 + (random.chance(0.3) ? 1 : 0);
    const full = truth.bareOnly ? [] : Array.from({ length: copies }, () => transfer(random, truth, total));
    return truth.bareOnly || random.chance(0.3) ? [...full, twin(random, truth, total.hundredths)] : full;
  });
  const overall = overallOf(truth.totals);
  const extra = !truth.bareOnly && random.chance(0.1) ? [twin(random, truth, overall)] : [];
  return [...money, ...extra, ...quotes(random, truth)];
}

/** A message that contradicts what `event` says, in one way. */
export function cryptoConflict(random: Random, event: Event): Event {
  const [claim] = event.payments;
  if (!claim) return event;
  const pay = (change: Partial<typeof claim>): Event => ({ ...event, payments: [{ ...claim, ...change }] });
  const amount = cents(random, 1 + random.int(20_000));
  return random.pick([
    () => pay({ amount }),
    () => pay({ amount }),
    () => pay({ amount, hashes: [] }),
    () => pay({ amount: cents(random, 1 + random.int(50)), hashes: [...claim.hashes, 'extra'] }),
    () => pay({ amount, hashes: [...claim.hashes.slice(1), 'overlap'] }),
    () => pay({ amount, hashes: [...claim.hashes.slice(1), ...random.some(['a1', 'a2', 'b1', 'b2', 'c1'], 0.5)] }),
    () => pay({ currency: 'BTC' }),
    () => pay({ occurredAt: minute(900) }),
    () => pay({ amountUsd: '1.23' }),
    () => ({ ...event, orderId: 'B-99' }),
    () => ({ ...event, isTest: event.isTest !== true }),
    () => ({ ...event, facts: { ...event.facts, address: 'TOther' } }),
    () => ({ ...event, createdAt: minute(800) }),
  ])();
}

function truthOf(random: Random): Truth {
  const bareOnly = random.chance(0.15);
  return {
    totals: bareOnly ? [{ hashes: [], hundredths: 1 + random.int(9000) }] : totalsOf(random),
    bareOnly,
    order: random.chance(0.6) ? 'A-17' : null,
    test: random.chance(0.2),
    usd: random.chance(0.7),
    dated: random.chance(0.7),
    finished: random.pick([-30, 12, 600]),
    asked: 1 + random.int(9000),
  };
}

/** Up to three disjoint chains of growing sets, some of whose steps nobody told us of, and sometimes all in one. */
function totalsOf(random: Random): readonly Total[] {
  // Hexadecimal hashes have several spellings; in Base58 `x1` and `X1` are two.
  const names = random.pick([
    ['a', 'b', 'c'],
    ['x', 'X', 'b'],
  ]);
  const chains = names.slice(0, 1 + random.int(3)).map((name) => chain(random, name));
  const ends = chains.flatMap((steps) => steps.slice(-1));
  const joined = {
    hashes: ends.flatMap((end) => end.hashes),
    hundredths: overallOf(ends) + random.int(2) * random.int(500),
  };
  return [...chains.flat(), ...(ends.length > 1 && random.chance(0.25) ? [joined] : [])];
}

function chain(random: Random, name: string): readonly Total[] {
  const steps: Total[] = [];
  let hundredths = 1 + random.int(9000);
  for (let length = 1; length <= 1 + random.int(3); length += 1) {
    steps.push({ hashes: Array.from({ length }, (_, index) => `${name}${index + 1}`), hundredths });
    hundredths += random.chance(0.2) ? 0 : random.int(3000);
  }
  return steps;
}

function overallOf(totals: readonly Total[]): number {
  const roots = totals.filter(
    ({ hashes }) =>
      !totals.some(
        (other) => other.hashes.length > hashes.length && hashes.every((hash) => other.hashes.includes(hash)),
      ),
  );
  return roots.reduce((sum, { hundredths }) => sum + hundredths, 0);
}

function transfer(random: Random, truth: Truth, { hashes, hundredths }: Total): Event {
  const word = random.pick<InvoiceStatus>(['partial', 'paid', 'paid', 'overpaid']);
  return crypto({
    ...said(random, truth, word),
    raw: word === 'paid' ? random.pick(['paid', 'pago']) : word,
    hashes: random.shuffle(hashes).map((hash) => spelled(random, hash)),
    amount: cents(random, hundredths),
    usd: truth.usd ? cents(random, hundredths * 3) : null,
    at: truth.dated ? minute(truth.finished - hashes.length) : null,
  });
}

function twin(random: Random, truth: Truth, hundredths: number): Event {
  return form(cents(random, hundredths), { order: random.chance(0.5) ? truth.order : null });
}

/** Messages without money: before it came, after it was given up, words we do not know, amounts that are none. */
function quotes(random: Random, truth: Truth): readonly Event[] {
  const asked = cents(random, truth.asked);
  const all: readonly Event[] = [
    crypto({ ...said(random, truth, 'created'), word: 'created', amount: asked }),
    crypto({ ...said(random, truth, 'canceled'), word: 'canceled', amount: asked }),
    crypto({
      ...said(random, truth, 'unknown'),
      word: 'unknown',
      raw: random.pick(['refunded', 'frozen']),
      amount: asked,
    }),
    crypto({ ...said(random, truth, 'unknown'), word: 'unknown', raw: 'fail', basis: 'notification', amount: asked }),
    crypto({ ...said(random, truth, 'paid'), amount: null }),
    crypto({ ...said(random, truth, 'paid'), amount: null, raw: 'success', basis: 'notification' }),
  ];
  return random.some(all, 0.2);
}

/** What equally believed messages say alike; better believed ones may say it otherwise. */
function said(
  random: Random,
  truth: Truth,
  word: InvoiceStatus,
): Pick<Event, 'isTest' | 'createdAt' | 'facts'> & { word: InvoiceStatus; order: string | null; test: boolean | null } {
  return {
    word,
    order: random.chance(0.7) ? truth.order : null,
    test: random.chance(0.7) ? truth.test : null,
    isTest: null,
    createdAt: random.chance(0.5) ? minute(500) : null,
    facts: random.chance(0.8) ? { network: 'TRC20', address: 'TReal', expires_at: `${word} says so` } : {},
  };
}
