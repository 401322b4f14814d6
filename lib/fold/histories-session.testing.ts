import type { InvoiceStatus } from '@/lib/invoices/status';
import type { DeliveryClaim, Event } from '@/lib/providers/provider';
import { minute, session } from './events.testing';
import { cents, type Random, spelled } from './random.testing';

interface Truth {
  /** Hundredths of each payment by stage. */
  readonly payments: Readonly<Record<string, Readonly<Partial<Record<InvoiceStatus, number>>>>>;
  /** One postback per payment, or one with all of them. */
  readonly shape: 'single' | 'list';
  readonly method: string | null;
  readonly order: string | null;
  readonly delivery: boolean;
}

const RAW: Readonly<Partial<Record<InvoiceStatus, readonly [string, ...string[]]>>> = {
  created: ['precreated', 'created'],
  processing: ['processing', 'processing_void'],
  on_hold: ['holded', 'hold_confirmed', 'processing_hold_completion'],
  unknown: ['frozen', 'disputed'],
};

/** The id of a payment, of which the case says nothing. */
const UUID = '0b9f3c1e-aaaa-4bbb-8ccc-00000000abcd';

const CARRIERS: readonly [DeliveryClaim['carrier'], ...DeliveryClaim['carrier'][]] = [
  { code: '1', text: 'created', status: 'awaiting_handover' },
  { code: '4', text: 'on the way', status: 'in_transit' },
  { code: '5', text: 'on the way', status: 'in_transit' },
  { code: '41', text: null, status: 'in_transit' },
  { code: '7', text: 'at the branch', status: 'ready_for_pickup' },
  { code: '105', text: null, status: 'storage_expired' },
  { code: '9', text: 'received', status: 'received' },
  { code: '11', text: 'paid out', status: 'received', paidOut: true },
  { code: '103', text: 'refused', status: 'refused' },
  { code: null, text: 'a new word', status: 'carrier_unknown' },
];

/** Messages about one card session that do not contradict each other, in no particular order. */
export function sessionEvents(random: Random): readonly Event[] {
  const truth = truthOf(random);
  const path = random.some<InvoiceStatus>(
    ['created', 'processing', 'failed', 'expired', 'on_hold', 'on_hold', 'unknown', 'voided'],
    0.3,
  );
  const words: readonly InvoiceStatus[] = random.chance(0.8) ? [...path, 'paid'] : path;
  return words.flatMap((word) =>
    random.chance(0.3) ? [...tell(random, truth, word), ...tell(random, truth, word)] : tell(random, truth, word),
  );
}

/** A message that contradicts what `event` says, in one way. */
export function sessionConflict(random: Random, event: Event): Event {
  const amount = cents(random, 1 + random.int(9000));
  const [claim, ...rest] = event.payments;
  if (!claim) return { ...event, people: { ...event.people, client_name: 'Another' } };
  return random.pick([
    () => ({ ...event, payments: [{ ...claim, amount }, ...rest] }),
    () => ({ ...event, payments: [...rest, { ...claim, amount }] }),
    () => ({ ...event, payments: [...event.payments, { ...claim, amount }] }),
    () => ({ ...event, payments: [{ ...claim, refunded: '99999' }, ...rest] }),
    // At the top of a body with one payment it would be that payment's.
    () => (rest.length > 0 ? { ...event, refunded: cents(random, 1 + random.int(20_000)) } : event),
    () => ({ ...event, isTest: random.chance(0.5) }),
    () => ({ ...event, facts: { ...event.facts, method: random.pick(['card', 'cash_on_delivery', 'wallet']) } }),
    () => ({ ...event, people: { ...event.people, client_name: 'Another' } }),
    () => ({ ...event, createdAt: minute(800) }),
    () => ({ ...event, orderId: 'M-2' }),
  ])();
}

function truthOf(random: Random): Truth {
  const ids = random.pick([['A'], ['A', 'a'], ['A', 'B', UUID], [UUID], [''], ['', 'A']]);
  const twins = random.chance(0.3) ? stages(random) : null;
  return {
    // Sometimes a payment without an id says the same as the one with it.
    payments: Object.fromEntries(ids.map((id) => [id, twins ?? stages(random)])),
    shape: random.pick(['single', 'list']),
    method: random.pick(['card', 'apple_pay', 'cash_on_delivery', null]),
    order: random.pick(['M-1', UUID, null, null]),
    delivery: random.chance(0.5),
  };
}

/** A capture may lie below its hold, and what is voided is one of the two. */
function stages(random: Random): Readonly<Partial<Record<InvoiceStatus, number>>> {
  const asked = 1 + random.int(9000);
  const paid = random.chance(0.3) ? 1 + random.int(asked) : asked;
  const lower = { created: asked, processing: asked, failed: asked, expired: asked, unknown: asked };
  return { ...lower, on_hold: asked, paid, voided: random.pick([asked, paid]) };
}

/** The postbacks of one change of status. */
function tell(random: Random, truth: Truth, word: InvoiceStatus): readonly Event[] {
  const ids = Object.keys(truth.payments);
  const groups = truth.shape === 'list' ? [ids] : random.some(ids, 0.8).map((id) => [id]);
  if (random.chance(0.1) || groups.length === 0) return [message(random, truth, word, [])];
  return groups.map((group) => message(random, truth, word, group));
}

function message(random: Random, truth: Truth, word: InvoiceStatus, ids: readonly string[]): Event {
  const raws = RAW[word] ?? [word];
  const raw = random.pick(raws);
  const amounts = ids.map((id) => [
    spelled(random, id),
    random.chance(0.05) ? null : cents(random, truth.payments[id]?.[word] ?? 100),
  ]);
  const delivery = truth.delivery && random.chance(0.6) ? parcel(random) : null;
  const recipient = delivery ? { recipient_name: `Recipient as ${word}` } : {};
  const refunds = ids.map((id) => (truth.payments[id]?.paid ?? 0) * random.pick([0, 0, 0.25, 0.5, 1]));
  const said = session({
    word,
    raw,
    step: word === 'unknown' ? 0 : raws.indexOf(raw),
    pays: Object.fromEntries(amounts),
    items: random.chance(0.5) ? [{ description: `what ${word} says`, count: '1', price: '5.00' }] : [],
    order: truth.order !== null && random.chance(0.7) ? spelled(random, truth.order) : null,
    createdAt: random.chance(0.7) ? minute(500) : null,
    facts:
      truth.method !== null && random.chance(0.7)
        ? { method: word === 'processing' ? 'card' : truth.method, terminal: word }
        : {},
    people: random.chance(0.7) ? { client_name: `Client as ${word}`, ...recipient } : {},
    delivery,
  });
  const payments = said.payments.map((claim, index) => {
    const refunded = Math.floor(refunds[index] ?? 0);
    return refunded > 0 ? { ...claim, refunded: cents(random, refunded) } : claim;
  });
  const isOfSession = payments.length !== 1 && random.chance(0.1);
  return { ...said, payments, ...(isOfSession ? { refunded: cents(random, 1 + random.int(500)) } : {}) };
}

function parcel(random: Random): DeliveryClaim {
  return {
    waybills: random.some(['20450012345678', '59000000000001'], 0.3),
    failureReasons: random.some(['RecipientsPhone invalid format', 'Warehouse does not exist'], 0.3),
    carrier: random.chance(0.3) ? random.pick(CARRIERS) : null,
  };
}
