import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, DatabaseUnavailable, isUnavailable, openDatabase } from './client';
import { projects } from './schema';
import { createTestPostgres, type TestPostgres } from './testing';
import { startNeonStandIn } from './testing-neon';
import { type RunningPostgres, startPostgres } from './testing-postgres';

const one = { name: 'test_one', text: 'select 1 as one' };
const slow = { name: 'test_slow', text: 'select pg_sleep(30)' };

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

describe('a PostgreSQL that goes away', { shuffle: false }, () => {
  let postgres: RunningPostgres;
  let database: Database;

  beforeAll(async () => {
    postgres = await startPostgres({ fsync: false });
    database = await openDatabase({ url: postgres.url, limits: { connections: 2, connectMs: 2_000 } });
  });
  afterAll(async () => {
    await database.close();
    await postgres.stop();
  });

  it('fails what is running and serves again after a restart, in the same process', async () => {
    expect(await database.run(one, [])).toEqual([{ one: 1 }]);
    const running = failure(database.run(slow, []));
    await postgres.restart();
    expect(await running).toBeInstanceOf(DatabaseUnavailable);
    await expect.poll(() => database.run(one, []).catch(() => 'away')).toEqual([{ one: 1 }]);
  });

  it('is unavailable when nobody listens, for statements and for the builder', async () => {
    await postgres.stop();
    // The first use of a connection that died is how the pool learns of it; the second has to connect.
    await failure(database.run(one, []));
    expect(await failure(database.run(one, []))).toBeInstanceOf(DatabaseUnavailable);
    const built = await failure(Promise.resolve(database.orm.select().from(projects)));
    expect(isUnavailable(built)).toBe(true);
  });
});

describe('time limits', () => {
  let postgres: TestPostgres;
  let silent: Server;
  let silentUrl: string;

  beforeAll(async () => {
    postgres = await createTestPostgres();
    silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    silentUrl = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(async () => {
    silent.close();
    await postgres.drop();
  });

  it('ends a statement that takes too long over TCP', async () => {
    const database = await openDatabase({ url: postgres.url, limits: { statementMs: 100 } });
    expect(await failure(database.run(slow, []))).toBeInstanceOf(DatabaseUnavailable);
    expect(await database.run(one, [])).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('gives up on a server that takes the connection and says nothing', async () => {
    const limits = { connectMs: 100, statementMs: 100 };
    const overTcp = await openDatabase({ url: `postgres://a@${silentUrl}/a`, limits });
    expect(await failure(overTcp.run(one, []))).toBeInstanceOf(DatabaseUnavailable);
    await overTcp.close();
    const neonEndpoint = `http://${silentUrl}/sql`;
    const overSockets = await openDatabase({ ...postgres.neon, neonEndpoint, sockets: true, limits });
    expect(await failure(overSockets.run(one, []))).toBeInstanceOf(DatabaseUnavailable);
    const built = await failure(Promise.resolve(overSockets.orm.select().from(projects)));
    expect(isUnavailable(built)).toBe(true);
    await overSockets.close();
  });

  it('ends a statement that takes too long over WebSocket', async () => {
    const database = await openDatabase({ ...postgres.neon, sockets: true, limits: { statementMs: 1_000 } });
    expect(await failure(database.run(slow, []))).toBeInstanceOf(DatabaseUnavailable);
    expect(await database.run(one, [])).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('ends a request that takes too long over HTTP, and gives each its own time', async () => {
    const database = await openDatabase({ ...postgres.neon, limits: { statementMs: 500 } });
    expect(await failure(database.run(slow, []))).toBeInstanceOf(DatabaseUnavailable);
    expect(await database.run(one, [])).toEqual([{ one: 1 }]);
    expect(await database.orm.select().from(projects)).toEqual([]);
    await database.close();
  });
});

it.each([false, true])('is unavailable when the endpoint is gone (over WebSocket: %s)', async (sockets) => {
  const gone = await startNeonStandIn('postgres://postgres@127.0.0.1:1/none');
  const database = await openDatabase({
    url: 'postgres://postgres@ep-gone.test.neon.tech/none',
    neonEndpoint: gone.endpoint,
    sockets,
  });
  expect(await failure(database.run(one, []))).toBeInstanceOf(DatabaseUnavailable);
  await gone.stop();
  expect(await failure(database.run(one, []))).toBeInstanceOf(DatabaseUnavailable);
  const built = await failure(Promise.resolve(database.orm.select().from(projects)));
  expect(isUnavailable(built)).toBe(true);
  await database.close();
});

it('does not take a broken statement for a broken database', async () => {
  const postgres = await createTestPostgres();
  const database = await openDatabase({ url: postgres.url });
  const error = await failure(database.run({ name: 'test_broken', text: 'select nothing from nowhere' }, []));
  expect(isUnavailable(error)).toBe(false);
  await database.close();
  await postgres.drop();
});
