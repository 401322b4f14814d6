import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase, setDatabase } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { logTo } from '@/lib/log/log';
import { forgetProjects } from '@/lib/projects/find';
import { deliver, invoicesOf, ledger, NOON, openShop, post, type Shop, sample } from './shop.testing';

describe('A database that does not answer', () => {
  everyDriver((database) => {
    const complaints: string[] = [];
    let back = (): void => {};
    beforeEach(() => {
      complaints.length = 0;
      back = logTo((line) => complaints.push(line));
    });
    afterEach(() => {
      back();
      setDatabase(database());
    });

    it('is answered 503 when nobody listens there, whether the project is known already or not', async () => {
      const shop = await openShop();
      const url = `postgres://nobody@127.0.0.1:${await deadPort()}/none`;
      const down = await openDatabase({ url, limits: { connectMs: 2_000 } });
      setDatabase(down);
      forgetProjects();
      await expectSendAgain(shop);
      setDatabase(database());
      await post(shop, sample(shop, 'paid'));
      setDatabase(down);
      await expectSendAgain(shop);
      await down.close();
      expect(await ledger(database(), shop)).toHaveLength(1);
      expect(complaints.join()).toContain('A postback could not be stored');
    });

    it('is answered 503 after our time limit, not after the database’s', async () => {
      const shop = await openShop();
      const { gated, open } = slow(database());
      setDatabase(gated);
      await expectSendAgain(shop, 20);
      // Whoever comes after this test is not kept waiting by its postback.
      open();
    });

    it('may still have stored it: the next try is a copy, and nothing counts twice', async () => {
      const shop = await openShop();
      const signed = await shop.provider.sign(sample(shop, 'paid'), shop.key, { now: NOON });
      const { gated, open } = slow(database());
      setDatabase(gated);
      expect((await deliver(shop, signed, { now: NOON, limitMs: 20 })).status).toBe(503);
      open();
      await vi.waitFor(async () => expect(await ledger(database(), shop)).toHaveLength(1));
      setDatabase(database());
      expect((await deliver(shop, signed)).status).toBe(200);
      const rows = await ledger(database(), shop);
      expect(rows.map((row) => row.outcome).sort()).toEqual(['accepted', 'duplicate']);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ version: 1 }]);
    });
  });
});

async function expectSendAgain(shop: Shop, limitMs?: number): Promise<void> {
  const signed = await shop.provider.sign(sample(shop, 'paid'), shop.key, { now: NOON });
  const answer = await deliver(shop, signed, { now: NOON, limitMs });
  expect(answer).toMatchObject({ status: 503, body: { error: 'Not stored, send it again' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

/** The same database behind a gate that is closed until it is opened. */
function slow(database: Database): { readonly gated: Database; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const run: Database['run'] = async (statement, parameters) => {
    await opened;
    return database.run(statement, parameters);
  };
  return { gated: { ...database, run }, open: () => open() };
}

/** Where nobody listens any more. */
function deadPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
