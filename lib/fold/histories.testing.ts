import type { Event } from '@/lib/providers/provider';
import { minute, received } from './events.testing';
import { cryptoConflict, cryptoEvents } from './histories-crypto.testing';
import { sessionConflict, sessionEvents } from './histories-session.testing';
import { type Random, randomFrom } from './random.testing';
import type { Receipt } from './state';

/** A random history of one invoice, at least one message long: odd seeds are card sessions, even ones crypto invoices. */
export function historyOf(seed: number, options: { readonly contradictions: boolean }): readonly Receipt[] {
  const random = randomFrom(seed);
  const isSession = seed % 2 === 1;
  let events: readonly Event[] = [];
  while (events.length === 0) events = isSession ? sessionEvents(random) : cryptoEvents(random);
  if (options.contradictions) events = contradicted(random, events, isSession ? sessionConflict : cryptoConflict);
  if (random.chance(0.15)) return received(withRepeats(random, random.shuffle(events.map(testSigned))), 'test');
  return received(withRepeats(random, random.shuffle(events)));
}

/** The same messages with the same times of receipt, in another order and some of them more than once. */
export function retold(history: readonly Receipt[], seed: number): readonly Receipt[] {
  const random = randomFrom(seed);
  return withRepeats(random, random.shuffle(history));
}

/** The same message with every value spelled in another way that means the same. */
export function respelled(receipt: Receipt): Receipt {
  const { event } = receipt;
  const loud = (text: string): string => text.toUpperCase();
  const longer = (amount: string | null): string | null =>
    amount === null ? null : `${amount}${amount.includes('.') ? '0' : '.0'}`;
  const people = Object.fromEntries(Object.entries(event.people).map(([field, value]) => [field, loud(value)]));
  const payments = event.payments.map((claim) => ({
    ...claim,
    currency: claim.currency && loud(claim.currency),
    amount: longer(claim.amount),
    items: claim.items
      .map(({ description, count, price }) => ({
        description: loud(description),
        count: longer(count),
        price: longer(price),
      }))
      .toReversed(),
  }));
  const facts = Object.fromEntries(
    Object.entries(event.facts).map(([name, value]) => [
      name,
      name === 'address' || name === 'method' ? value : loud(value),
    ]),
  );
  return { ...receipt, event: { ...event, people, payments, facts } };
}

/** The same messages in this order, received one a minute. */
export function receivedInOrder(history: readonly Receipt[]): readonly Receipt[] {
  return history.map((receipt, index) => ({ ...receipt, receivedAt: minute(index) }));
}

function contradicted(
  random: Random,
  events: readonly Event[],
  conflict: (random: Random, event: Event) => Event,
): readonly Event[] {
  const victims = random.shuffle(events).slice(0, 1 + random.int(4));
  return [...events, ...victims.map((event) => conflict(random, event))];
}

/** What the test secret signs is test money, whatever the body says. */
function testSigned(event: Event, index: number): Event {
  return { ...event, isTest: [true, false, null][index % 3] ?? null };
}

/** Retries: some messages come a second time, anywhere. */
function withRepeats<T>(random: Random, list: readonly T[]): readonly T[] {
  const told = [...list];
  for (const [index, item] of list.entries()) {
    if (random.chance(0.2)) told.splice(index + 1 + random.int(told.length - index), 0, item);
  }
  return told;
}
