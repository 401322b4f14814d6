import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, DatabaseUnavailable, openDatabase, type Statement } from './client';
import { BUDGET } from './pools';
import type { Batches, Position, Scan } from './scan';
import { createTestPostgres, type TestPostgres } from './testing';

const one: Statement = { name: 'test_one', text: 'select 1 as one' };
const forPostbacks: Statement = { ...one, budget: 'postbacks' };
const held: Statement = { name: null, text: 'select pg_advisory_xact_lock(1)' };
const rows: Scan = () => ({
  text: `select now()::text as at, 'a' as id from generate_series(1, 1000)`,
  parameters: [],
});

describe.each(['pg', 'neon over sockets'] as const)('connections on %s', (driver) => {
  let postgres: TestPostgres;
  let database: Database;
  const open: Batches<Position>[] = [];

  beforeEach(async () => {
    postgres = await createTestPostgres();
    const where = driver === 'pg' ? { url: postgres.url } : { ...postgres.neon, sockets: true };
    database = await openDatabase({ ...where, limits: { connections: 2, connectMs: 1_000 } });
  });
  afterEach(async () => {
    for (const scan of open.splice(0)) await scan.return();
    await database.close();
    await postgres.drop();
  });

  const begun = async (): Promise<void> => {
    const scan = database.scan<Position>(rows);
    await scan.next();
    open.push(scan);
  };

  it('of the screens all taken, a postback has its own, and a screen is told within the limit', async () => {
    const blocker = await openDatabase({ url: postgres.url });
    // A cursor keeps its transaction, and with it the lock, open until it is read to its end.
    const lock = blocker.scan(() => ({
      text: `select pg_advisory_xact_lock(1)::text as at, '' as id`,
      parameters: [],
    }));
    await lock.next();
    const waiting = [database.run(held, []), database.run(held, [])];
    await expect(database.run(one, [])).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(await database.run(forPostbacks, [])).toEqual([{ one: 1 }]);
    await lock.return();
    await Promise.all(waiting);
    expect(await database.run(one, [])).toEqual([{ one: 1 }]);
    await blocker.close();
  });

  it('of the exports all taken, nobody else waits, and the next export has one when the first ends', async () => {
    for (let count = 0; count < BUDGET.scans; count += 1) await begun();
    await expect(begun()).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(await database.run(forPostbacks, [])).toEqual([{ one: 1 }]);
    expect(await database.run(one, [])).toEqual([{ one: 1 }]);
    await open.shift()?.return();
    await begun();
  });
});
