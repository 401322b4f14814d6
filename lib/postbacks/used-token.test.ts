import { expect, inject, it } from 'vitest';
import { fold, minute } from '@/lib/fold/events.testing';
import { cryptoConflict, cryptoEvents } from '@/lib/fold/histories-crypto.testing';
import { randomFrom } from '@/lib/fold/random.testing';
import type { Receipt } from '@/lib/fold/state';
import type { Event } from '@/lib/providers/provider';
import { entryOf } from './entries.testing';
import { storedState } from './ledger';
import { type Found, plan, tokenKey } from './plan';

const SEEDS = inject('scope') === 'all' ? 2000 : 400;
const TOKEN = 'ab'.repeat(32);
const PROJECT = '00000000-0000-4000-8000-000000000001';

const receiptOf = (event: Event, index: number): Receipt => ({
  event,
  grade: 'jwt',
  signer: 'live',
  receivedAt: minute(index),
});

it('leaves what is believed as it is, whatever comes under a token that was used', () => {
  let changing = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const random = randomFrom(seed);
    const events = random.shuffle(cryptoEvents(random));
    const known = events.slice(0, 1 + random.int(events.length));
    const first = known[random.int(known.length)];
    if (!first) continue;
    const others = [...cryptoEvents(random).map((event) => ({ ...event, invoiceId: first.invoiceId })), ...events];
    const second = random.chance(0.5) ? cryptoConflict(random, first) : (others[random.int(others.length)] ?? first);
    const { state } = fold(known.map(receiptOf));
    const entry = { ...entryOf(receiptOf(second, known.length), PROJECT), tokenHash: TOKEN };
    const found: Found = {
      invoices: new Map([[entry.invoiceId, { version: 1, state, received: [] }]]),
      known: new Map(),
      tokens: new Map([
        [tokenKey(TOKEN, entry.invoiceId), { content: () => ({ event: first, fields: null }), rows: 1 }],
      ]),
    };
    const withoutToken = plan([{ ...entry, tokenHash: null }], found).decisions[0]?.outcome;
    const { invoices, decisions } = plan([entry], found);
    if (decisions[0]?.outcome === 'contradiction' && withoutToken === 'accepted') changing += 1;
    for (const { invoice, state: bytes, people } of invoices) {
      const written = storedState(entry.invoiceId, {
        payload: new TextDecoder().decode(bytes),
        sealed: people && Buffer.from(people).toString('base64'),
        key_id: String(invoice.encryption_key_id),
      });
      expect({ ...written, attention: [] }, `seed ${seed}`).toEqual({ ...state, attention: [] });
    }
  }
  // The pairs are not all harmless.
  expect(changing).toBeGreaterThan(SEEDS / 10);
});
