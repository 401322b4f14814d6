import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readState } from '@/lib/fold/state';
import { StoredState } from './stored-state';

const HOSTILE = ['","r":9},"fee_payer":{"v":"me', '\\', '\\"', '"transfers":[{"hashes":[', '\u2028', '}', 'Ж"\n'];

const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE));
const registers = fc
  .dictionary(fc.constantFrom('due', 'received', 'network', 'address', 'fee_payer', 'method'), texts)
  .map((values) => Object.fromEntries(Object.entries(values).map(([name, v]) => [name, { v, r: 8 }])));
const transfer = fc.record({
  hashes: fc.array(texts, { maxLength: 2 }),
  amount: texts,
  amountUsd: fc.constantFrom(null, { v: '1', r: 8 }),
  amounts: registers,
  receivedAt: texts,
  first: fc.boolean(),
});
const state = fc.record({
  bookkeeping: fc.constantFrom('transfers', 'payments'),
  providerInvoiceId: texts,
  verified: texts,
  facts: registers,
  people: fc.constant({}),
  quote: fc.option(fc.record({ amount: fc.constant(null), amounts: registers })),
  transfers: fc.array(transfer, { maxLength: 2 }),
  payments: fc.array(
    fc.record({ externalId: texts, stages: fc.constant({}), items: fc.constant(null), details: registers }),
  ),
  voidedAt: fc.option(texts),
});

const plain = (known: Record<string, { v: string } | undefined>, name: string): string | null => known[name]?.v ?? null;

it('says of any state what parsing it whole says', () => {
  fc.assert(
    fc.property(state, (value) => {
      const stored = new StoredState(JSON.stringify(value));
      expect(stored.whole()).toEqual(readState(value));
      expect(stored.isCrypto()).toBe(value.bookkeeping === 'transfers');
      expect(stored.verified()).toBe(value.verified);
      for (const name of ['network', 'address', 'fee_payer', 'method', 'rate'])
        expect(stored.fact(name)).toBe(plain(value.facts, name));
      expect(stored.payments()).toEqual(value.payments);
      const only = stored.onlyTransfer();
      const [first, ...others] = value.transfers;
      if (!first || others.length > 0) {
        expect(only).toBe(null);
        return;
      }
      expect(only?.receivedAt).toBe(first.receivedAt);
      for (const name of ['due', 'received']) expect(only?.amounts[name] ?? null).toBe(plain(first.amounts, name));
    }),
    { numRuns: 2_000 },
  );
});

it('knows nothing of a state that says nothing', () => {
  const stored = new StoredState('{}');
  expect([stored.isCrypto(), stored.verified(), stored.fact('network')]).toEqual([false, null, null]);
  expect([stored.onlyTransfer(), stored.payments()]).toEqual([null, []]);
});
