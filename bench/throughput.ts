import pg from 'pg';
import { createDatabase, dropDatabase, startPostgres } from '@/lib/db/testing-postgres';
import { type Generator, startGenerator } from './load/start';
import { startExpress } from './peers/start-express';
import { type Receiver, SECRET, startTillbell } from './receivers';
import { median, type Row, show } from './row';

const CONNECTIONS = 32;
const PROVIDER = 'cryptocloud';
/** Until then the engine still compiles what runs often. */
const WARM_UP = { postbacks: 8_000, milliseconds: 20_000 };

export interface Rounds {
  readonly count: number;
  readonly milliseconds: number;
}

interface Measured {
  readonly perSecond: number;
  /** Acknowledged answers without a row, or rows without one. */
  readonly astray: number;
}

/** Postbacks a second through `server.ts` beside those of the documented handler, in turns, on one PostgreSQL. */
export async function throughput(
  rounds: Rounds,
): Promise<{ row: Row; rounds: readonly (readonly [number, number])[] }> {
  const server = process.env.BENCH_DATABASE_URL ? null : await startPostgres();
  const serverUrl = server?.url ?? process.env.BENCH_DATABASE_URL ?? '';
  const name = `bench_${process.pid}`;
  const stops: (() => Promise<void> | void)[] = [() => server?.stop()];
  try {
    const url = await createDatabase(serverUrl, name);
    stops.push(() => dropDatabase(serverUrl, name));
    const generator = startGenerator();
    stops.push(generator.stop);
    const ours = await startTillbell(url);
    stops.push(ours.stop);
    const peer = await startExpress(url, SECRET);
    stops.push(peer.stop);
    const theirs: Receiver = { url: peer.url, table: 'orders', stop: peer.stop };
    return await alternate(generator, url, ours, theirs, rounds);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function alternate(
  generator: Generator,
  databaseUrl: string,
  ours: Receiver,
  theirs: Receiver,
  { count, milliseconds }: Rounds,
): Promise<{ row: Row; rounds: readonly (readonly [number, number])[] }> {
  const send = (receiver: Receiver, postbacks: number, limit: number): Promise<Measured> =>
    sendAndCount(generator, databaseUrl, receiver, postbacks, limit);
  let a = await send(ours, WARM_UP.postbacks, WARM_UP.milliseconds);
  let b = await send(theirs, WARM_UP.postbacks, WARM_UP.milliseconds);
  let astray = a.astray + b.astray;
  const pairs: (readonly [number, number])[] = [];
  while (pairs.length < count) {
    a = await send(ours, enough(a, milliseconds), milliseconds);
    b = await send(theirs, enough(b, milliseconds), milliseconds);
    astray += a.astray + b.astray;
    pairs.push([a.perSecond, b.perSecond]);
  }
  return { row: toRow(pairs, astray), rounds: pairs };
}

/** So many that none runs out of them, judging by the round before. */
function enough({ perSecond }: Measured, milliseconds: number): number {
  return Math.ceil((perSecond * 1.8 * milliseconds) / 1_000) + CONNECTIONS;
}

function toRow(pairs: readonly (readonly [number, number])[], astray: number): Row {
  const ratios = pairs.map(([a, b]) => a / b);
  const middle = (side: 0 | 1): string => show(median(pairs.map((pair) => pair[side])));
  const range = `${show(Math.min(...ratios))} to ${show(Math.max(...ratios))}`;
  return {
    measure: 'Postbacks a second ÷ the documented Express handler',
    value: median(ratios),
    unit: '×',
    pass: { at: 'least', mark: 3 },
    detail: `median of ${pairs.length} rounds, ${range}; ${middle(0)} against ${middle(1)} a second; ${astray} lost`,
    sound: astray === 0,
  };
}

/** One round: signed before, measured, and every acknowledged answer looked for in the database. */
async function sendAndCount(
  generator: Generator,
  databaseUrl: string,
  receiver: Receiver,
  count: number,
  milliseconds: number,
): Promise<Measured> {
  await generator.sign({ provider: PROVIDER, secret: SECRET, count });
  const before = await rowsOf(databaseUrl, receiver.table);
  const load = await generator.run({ url: receiver.url, connections: CONNECTIONS, milliseconds });
  const rows = (await rowsOf(databaseUrl, receiver.table)) - before;
  if (load.failed > 0) process.stderr.write(`${load.failed} postbacks were not acknowledged by ${receiver.url}.\n`);
  return {
    perSecond: (load.acknowledged * 1_000) / load.milliseconds,
    astray: Math.abs(rows - load.acknowledged) + load.failed,
  };
}

/** Also flushes what earlier rounds left, so that nobody pays for another's writes. */
async function rowsOf(databaseUrl: string, table: Receiver['table']): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('checkpoint');
    const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${table}`);
    return Number(rows[0]?.rows);
  } finally {
    await client.end();
  }
}
