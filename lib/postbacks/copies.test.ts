import { describe, expect, it } from 'vitest';
import { type Database, openDatabase, type Parameter, type Statement, setDatabase } from '@/lib/db/client';
import { createTestPostgres, everyDriver } from '@/lib/db/testing';
import { crypto, received } from '@/lib/fold/events.testing';
import type { Event } from '@/lib/providers/provider';
import { entryOf } from './entries.testing';
import { record } from './record';
import { after, invoicesOf, ledger, openShop, post, type Shop, sample, transactionsOf } from './shop.testing';
import { READ, WRITE_COPIES } from './statements';
import type { VerifiedPostback } from './verified-postback';

/** The embedded database has one connection, and the stand-in of Neon makes one a request. */
const COPIES = { pglite: 200, pg: 1_000, neon: 200, 'neon over sockets': 200 } as const;

describe('Copies at the same moment', () => {
  everyDriver((database, driver) => {
    it('are one accepted postback, one invoice and one transaction', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      const copies = COPIES[driver];
      const sent = Array.from({ length: copies }, (_, index) => post(shop, fields, { now: after(index % 100) }));
      expect(statuses(await Promise.all(sent))).toEqual([200]);
      const rows = await ledger(database(), shop);
      const firsts = rows.filter((row) => row.outcome === 'accepted');
      expect(firsts).toMatchObject([{ duplicates: copies - 1 }]);
      expect(rows).toHaveLength(1 + 100);
      for (const copy of rows.filter((row) => row.outcome === 'duplicate')) {
        expect(copy).toMatchObject({ duplicate_of: firsts[0]?.id, position: null, has_body: false });
      }
      expect(await invoicesOf(database(), shop)).toMatchObject([{ amount: '24.61', version: 1 }]);
      expect(await transactionsOf(database(), shop)).toHaveLength(1);
    });

    it('of what is in the ledger already are counted, past the hundred without a row', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      await post(shop, fields);
      for (const more of [60, 60, 30]) {
        const sent = Array.from({ length: more }, (_, index) => post(shop, fields, { now: after(index) }));
        expect(statuses(await Promise.all(sent))).toEqual([200]);
      }
      const rows = await ledger(database(), shop);
      expect(rows.filter((row) => row.outcome === 'accepted')).toMatchObject([{ duplicates: 150 }]);
      expect(rows).toHaveLength(1 + 100);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ version: 1 }]);
    });

    it('are in the ledger with their tokens before what comes after them is judged', async () => {
      const shop = await openShop();
      const order: string[] = [];
      const watched: Database = {
        ...database(),
        run: async <Row>(statement: Statement, parameters: readonly Parameter[]) => {
          if (statement === READ) order.push('read');
          const rows = await database().run<Row>(statement, parameters);
          if (statement === WRITE_COPIES) order.push('counted');
          return rows;
        },
      };
      const [first, copy, later] = told([crypto(), crypto(), crypto({ hashes: ['b'] })], shop);
      if (!first || !copy || !later) throw new Error('Three were told');
      expect(await record(first, watched)).toBe('accepted');
      expect(await Promise.all([record(copy, watched), record(later, watched)])).toEqual(['duplicate', 'accepted']);
      expect(order).toEqual(['counted', 'read']);
    });

    it('of which the first is missing beside others are counted once each all the same', async () => {
      const shop = await openShop();
      const [there, gone] = [sample(shop, 'paid'), sample(shop, 'paid')];
      await Promise.all([post(shop, there), post(shop, gone)]);
      const text = `delete from postbacks where project_id = $1::uuid and invoice_id =
        (select id from invoices where provider_invoice_id = $2::text and project_id = $1::uuid)`;
      await database().run({ name: null, text }, [shop.id, String(gone.invoice_id).replace('INV-', '')]);
      const answers = await Promise.all([post(shop, there), post(shop, gone), post(shop, there)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 503, 200]);
      expect((await ledger(database(), shop)).filter((row) => row.outcome === 'accepted')).toMatchObject([
        { duplicates: 2 },
      ]);
    });

    it('of what somebody took out of the ledger are refused once, and then taken for new', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      expect([(await post(shop, fields)).status, (await post(shop, fields)).status]).toEqual([200, 200]);
      for (const table of ['transactions', 'deliveries', 'postbacks', 'invoices']) {
        const text = `delete from ${table} where project_id = $1::uuid`;
        await database().run({ name: null, text }, [shop.id]);
      }
      expect([(await post(shop, fields)).status, (await post(shop, fields)).status]).toEqual([503, 200]);
      expect(await ledger(database(), shop)).toMatchObject([{ outcome: 'accepted', duplicates: 0 }]);
      expect(await transactionsOf(database(), shop)).toHaveLength(1);
    });

    it('of twenty invoices end as twenty', async () => {
      const shop = await openShop();
      const bodies = Array.from({ length: 20 }, () => sample(shop, 'paid'));
      const sent = Array.from({ length: 100 }, (_, index) =>
        post(shop, bodies[index % 20] ?? {}, { now: after(index) }),
      );
      expect(statuses(await Promise.all(sent))).toEqual([200]);
      const rows = await ledger(database(), shop);
      expect(rows.filter((row) => row.outcome === 'accepted')).toHaveLength(20);
      expect(rows.filter((row) => row.outcome === 'duplicate')).toHaveLength(80);
      expect(await transactionsOf(database(), shop)).toHaveLength(20);
    });
  });
});

describe('Two processes on one database', () => {
  it('take a thousand copies as one, and know it of each other', async () => {
    await withTwo(async (both, shop) => {
      const entries = Array.from({ length: 1_000 }, () => crypto({ hashes: ['a'] }));
      const outcomes = await recordAlternately(both, told(entries, shop));
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(999);
      expect(await invoicesOf(both[0], shop)).toMatchObject([{ version: 1 }]);
      const rows = await ledger(both[0], shop);
      expect(rows.filter((row) => row.outcome === 'accepted')).toMatchObject([{ duplicates: 999 }]);
    });
  });

  it('keep every transfer of an invoice that both write, or say that it must be sent again', async () => {
    await withTwo(async (both, shop) => {
      const transfers = Array.from({ length: 200 }, (_, index) => crypto({ hashes: [`h${index}`], amount: '1.10' }));
      const outcomes = await recordAlternately(both, told(transfers, shop));
      const accepted = outcomes.filter((outcome) => outcome === 'accepted').length;
      expect(accepted + outcomes.filter((outcome) => outcome === 'send again').length).toBe(200);
      expect(accepted).toBeGreaterThan(0);
      expect(await transactionsOf(both[0], shop)).toHaveLength(accepted);
      const positions = (await ledger(both[0], shop)).map((row) => row.position);
      expect(new Set(positions).size).toBe(accepted);
    });
  });

  it('take what another refused to lose when it is sent again', async () => {
    await withTwo(async (both, shop) => {
      let entries = told(
        Array.from({ length: 60 }, (_, index) => crypto({ hashes: [`h${index}`], amount: '1' })),
        shop,
      );
      // As a provider does: what was answered 503 comes again.
      for (let round = 0; entries.length > 0 && round < 60; round += 1) {
        const outcomes = await recordAlternately(both, entries);
        entries = entries.filter((_, index) => outcomes[index] === 'send again');
      }
      expect(entries).toEqual([]);
      expect(await transactionsOf(both[0], shop)).toHaveLength(60);
      expect(await invoicesOf(both[0], shop)).toMatchObject([{ amount: '60' }]);
    });
  });
});

type Both = readonly [Database, Database];

async function withTwo(body: (both: Both, shop: Shop) => Promise<void>): Promise<void> {
  const postgres = await createTestPostgres();
  const both: Both = [await openDatabase({ url: postgres.url }), await openDatabase({ url: postgres.url })];
  try {
    setDatabase(both[0]);
    await body(both, await openShop());
  } finally {
    for (const database of both) await database.close();
    await postgres.drop();
  }
}

function told(events: readonly Event[], shop: Shop): readonly VerifiedPostback[] {
  return events.flatMap((event) => received([event])).map((receipt) => entryOf(receipt, shop.id));
}

function recordAlternately(both: Both, entries: readonly VerifiedPostback[]): Promise<readonly string[]> {
  return Promise.all(entries.map((entry, index) => outcomeOf(record(entry, both[index % 2 ? 1 : 0]))));
}

/** Who loses too many races is told to send again, and nothing of it is kept. */
async function outcomeOf(recorded: Promise<string>): Promise<string> {
  try {
    return await recorded;
  } catch (error) {
    if (error instanceof Error && error.name === 'DatabaseUnavailable') return 'send again';
    throw error;
  }
}

function statuses(answers: readonly { readonly status: number }[]): readonly number[] {
  return [...new Set(answers.map((answer) => answer.status))];
}
