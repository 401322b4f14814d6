import { describe, expect, it } from 'vitest';
import type { Parameter, Statement } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { crypto, received } from '@/lib/fold/events.testing';
import type { Event } from '@/lib/providers/provider';
import { entryOf } from './entries.testing';
import { writeBatch } from './ledger';
import { Recent } from './recent';
import { record } from './record';
import { invoicesOf, ledger, openShop, transactionsOf } from './shop.testing';
import { READ, WRITE } from './statements';

/** What the contract of providers forbids and a database refuses. */
const POISON = 'order\u0000with NUL';

describe('A batch', () => {
  everyDriver((database) => {
    function entries(projectId: string, events: readonly Event[]) {
      return received(events).map((receipt) => entryOf(receipt, projectId));
    }

    it('does not lose its other postbacks to one that cannot be written', async () => {
      const shop = await openShop();
      const events = Array.from({ length: 9 }, (_, index) => ({ ...crypto(), invoiceId: `INVOICE${index}` }));
      const poisoned = { ...crypto({ order: POISON }), invoiceId: 'POISONED' };
      const batch = entries(shop.id, [...events.slice(0, 4), poisoned, ...events.slice(4)]);
      const results = await Promise.allSettled(batch.map((entry) => record(entry, database())));
      expect(results.map((result) => result.status)).toEqual(
        results.map((_, index) => (index === 4 ? 'rejected' : 'fulfilled')),
      );
      expect(await invoicesOf(database(), shop)).toHaveLength(9);
      expect(await ledger(database(), shop)).toHaveLength(9);
    });

    it('of one invoice is one write, each postback with a position of its own', async () => {
      const shop = await openShop();
      const transfers = ['a', 'b', 'c'].map((hash) => crypto({ hashes: [hash], amount: '2' }));
      await Promise.all(entries(shop.id, transfers).map((entry) => record(entry, database())));
      expect(await invoicesOf(database(), shop)).toMatchObject([{ version: 1, amount: '6' }]);
      expect((await ledger(database(), shop)).map((row) => row.position)).toEqual([1000, 1001, 1002]);
      expect(await transactionsOf(database(), shop)).toHaveLength(3);
    });

    it('is never written beside another of the same invoice: what comes meanwhile waits, and is taken in as it came', async () => {
      const shop = await openShop();
      const others = Array.from({ length: 40 }, (_, index) => ({ ...crypto(), invoiceId: `INVOICE${index}` }));
      const transfers = Array.from({ length: 20 }, (_, index) => crypto({ hashes: [`hash${index}`], amount: '1' }));
      // Between many others, so that there is more than one write and each has some of the twenty.
      const mixed = others.flatMap((event, index) =>
        index % 2 === 0 ? [event, transfers[index / 2] ?? event] : [event],
      );
      const batch = entries(shop.id, mixed);
      await Promise.all(batch.map((entry) => record(entry, database())));
      const ids = new Set(
        batch.filter(({ event }) => event.payments[0]?.hashes[0]?.startsWith('hash')).map(({ arrival }) => arrival.id),
      );
      const rows = (await ledger(database(), shop)).filter((row) => ids.has(row.id) && row.position !== null);
      const inOrder = rows.toSorted((a, b) => Number(a.position) - Number(b.position)).map((row) => row.id);
      expect(inOrder).toEqual(batch.filter(({ arrival }) => ids.has(arrival.id)).map(({ arrival }) => arrival.id));
    });

    it('may hold a postback with its own copy, which has neither body nor position', async () => {
      const shop = await openShop();
      const copies = entries(shop.id, [crypto(), crypto()]);
      const outcomes = await Promise.all(copies.map((entry) => record(entry, database())));
      expect(outcomes).toEqual(['accepted', 'duplicate']);
      const [first, ...others] = await ledger(database(), shop);
      expect(first).toMatchObject({ outcome: 'accepted', duplicates: 1, position: 1000, has_body: true });
      const copy = { outcome: 'duplicate', duplicate_of: first?.id, duplicates: 0, position: null, has_body: false };
      expect(others).toMatchObject([copy]);
    });

    it('about new invoices reads nothing first; an invoice that another process made is read at the second try', async () => {
      const shop = await openShop();
      const [first, second] = entries(shop.id, [crypto({ hashes: ['a'] }), crypto({ hashes: ['b'] })]);
      if (!first || !second) throw new Error('a history has at least one message');
      const ran: (string | null)[] = [];
      const counting = {
        ...database(),
        run: (statement: Statement, parameters: readonly Parameter[]) => {
          ran.push(statement.name);
          return database().run<never>(statement, parameters);
        },
      };
      const [here, there] = [new Recent<true>(), new Recent<true>()];
      expect(await writeBatch(counting, [first], here)).toMatchObject([{ outcome: 'accepted' }]);
      expect(ran.splice(0)).toEqual([WRITE.name]);
      expect(await writeBatch(counting, [second], there)).toMatchObject([{ outcome: 'lost_race' }]);
      expect(await ledger(database(), shop)).toHaveLength(1);
      expect(await writeBatch(counting, [second], there)).toMatchObject([{ outcome: 'accepted' }]);
      expect(ran).toEqual([WRITE.name, READ.name, WRITE.name]);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ version: 2 }]);
    });

    it('that is tried again after its answer was lost is found, and counts once', async () => {
      const shop = await openShop();
      const [entry] = entries(shop.id, [crypto()]);
      if (!entry) throw new Error('a history has at least one message');
      expect(await record(entry, database())).toBe('accepted');
      expect(await record(entry, database())).toBe('accepted');
      expect(await ledger(database(), shop)).toHaveLength(1);
    });
  });
});
