import { expect, it } from 'vitest';
import { parse as parseCrypto } from '@/lib/providers/cryptocloud-family/parse';
import { parse as parseSession } from '@/lib/providers/novapay/parse';
import type { Event } from '@/lib/providers/provider';
import { foldEvents } from './events.testing';
import { historyOf } from './histories.testing';
import type { Rows } from './rows';
import { bodyOf } from './wire.testing';

/** What a provider's parser reads from the body that says this event. */
function throughTheWire(event: Event): Event {
  const parsed = event.bookkeeping === 'transfers' ? parseCrypto(bodyOf(event)) : parseSession(bodyOf(event));
  if (!parsed.ok) throw new Error(`${parsed.field} ${parsed.problem}`);
  return parsed.event;
}

/** Card sessions never say whether they are test money. */
function comparable(rows: Rows): unknown {
  return { ...rows, invoice: { ...rows.invoice, testModeKnown: null } };
}

it('random histories fold alike when they went through bodies and parsers', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const events = historyOf(seed, { contradictions: seed % 3 === 0 }).map(({ event }) => event);
    const stated = events.map((event) => (event.bookkeeping === 'payments' ? { ...event, isTest: false } : event));
    const rows = foldEvents(...stated.map(throughTheWire)).rows;
    expect(comparable(rows), `seed ${seed}`).toEqual(comparable(foldEvents(...stated).rows));
  }
});
