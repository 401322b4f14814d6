import pg from 'pg';
import { createDatabase, dropDatabase, startPostgres } from '@/lib/db/testing-postgres';
import type { Load, RunOrder } from './load/messages';
import { type Generator, startGenerator } from './load/start';
import { startExpress } from './peers/start-express';
import { type Receiver, SECRET, startTillbell, type Tillbell } from './receivers';

export const CONNECTIONS = 32;
export const PROVIDER = 'cryptocloud';

/** Ours and the documented handlers on one PostgreSQL, and who sends to them. */
export interface Stage {
  readonly databaseUrl: string;
  readonly generator: Generator;
  readonly ours: Tillbell;
  /** The documented handler. */
  readonly documented: Receiver;
  /** The same with its secret imported once. */
  readonly keyObject: Receiver;
  stop(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const server = process.env.BENCH_DATABASE_URL ? null : await startPostgres();
  const serverUrl = server?.url ?? process.env.BENCH_DATABASE_URL ?? '';
  const name = `bench_${process.pid}`;
  const stops: (() => Promise<void> | void)[] = [() => server?.stop()];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const databaseUrl = await createDatabase(serverUrl, name);
    stops.push(() => dropDatabase(serverUrl, name));
    const generator = startGenerator();
    stops.push(generator.stop);
    const ours = await startTillbell(databaseUrl);
    stops.push(ours.stop);
    const peer = async (keyObject: boolean): Promise<Receiver> => {
      const { url, pid, stop: end } = await startExpress(databaseUrl, SECRET, keyObject);
      stops.push(end);
      return { url, pid, table: 'orders', stop: end };
    };
    return { databaseUrl, generator, ours, documented: await peer(false), keyObject: await peer(true), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface Measured extends Load {
  readonly perSecond: number;
  /** Acknowledged answers that the database does not count, or the other way round. */
  readonly astray: number;
}

export interface Sending extends Omit<RunOrder, 'kind' | 'url' | 'connections'> {
  readonly count: number;
  readonly secret?: string;
  readonly variety?: 'different' | 'copies';
}

/** One round: signed before, measured, and every acknowledged answer looked for in the database. */
export async function sendAndCount(stage: Stage, receiver: Receiver, sending: Sending): Promise<Measured> {
  const { count, secret = SECRET, variety = 'different', ...order } = sending;
  await stage.generator.sign({ provider: PROVIDER, secret, count, variety });
  const before = await rowsOf(stage.databaseUrl, receiver.table);
  const load = await stage.generator.run({ url: receiver.url, connections: CONNECTIONS, ...order });
  const rows = (await rowsOf(stage.databaseUrl, receiver.table)) - before;
  if (load.failed > 0) process.stderr.write(`${load.failed} postbacks were not acknowledged by ${receiver.url}.\n`);
  return {
    ...load,
    perSecond: (load.acknowledged * 1_000) / load.milliseconds,
    astray: Math.abs(rows - load.acknowledged) + load.failed,
  };
}

/** A copy counts with its first, whether it has a row or not. */
const COUNTED = {
  postbacks: 'select coalesce(sum(1 + duplicates), 0) as rows from postbacks where duplicate_of is null',
  orders: 'select count(*) as rows from orders',
} as const;

/** Also flushes what earlier rounds left, so that nobody pays for another's writes. */
async function rowsOf(databaseUrl: string, table: Receiver['table']): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('checkpoint');
    const { rows } = await client.query<{ rows: string }>(COUNTED[table]);
    return Number(rows[0]?.rows);
  } finally {
    await client.end();
  }
}
