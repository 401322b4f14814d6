import { migrate } from '@/lib/db/migrate';
import { createDatabase, dropDatabase, startPostgres } from '@/lib/db/testing-postgres';
import { readEnv } from '@/lib/env';
import { type Generator, startGenerator } from '../load/start';
import { SECRET } from '../receivers';
import { median, type Row, show } from '../row';
import { makeTransactions, plainSelect } from './dataset';
import { type Downloaded, download } from './download';
import { withPassword } from './password';
import { admin, type ExportingProduct, settingsOn, startExporting } from './product';
import { copyOut } from './psql';

export interface Exports {
  /** Transactions of money. */
  readonly rows: number;
  readonly rounds: number;
  readonly roundsWithPeople: number;
}

/** What an export of so many transactions costs beside psql's `\copy`, in turns, on one PostgreSQL. */
export async function exportSpeed({ rows, ...turns }: Exports, say: (doing: string) => void): Promise<Row[]> {
  const server = process.env.BENCH_DATABASE_URL ? null : await startPostgres();
  const serverUrl = server?.url ?? process.env.BENCH_DATABASE_URL ?? '';
  const name = `bench_exports_${process.pid}`;
  const stops: (() => Promise<void> | void)[] = [() => server?.stop()];
  try {
    const url = await createDatabase(serverUrl, name);
    stops.push(() => dropDatabase(serverUrl, name));
    await migrate({ url });
    const settings = settingsOn(url);
    say(`Making ${rows} transactions of money …`);
    await makeTransactions(url, rows, readEnv(settings).encryptionKeys[0]);
    const path = await addProject(settings);
    const product = await startExporting(settings);
    stops.push(product.stop);
    const generator = startGenerator();
    stops.push(generator.stop);
    say('Exports beside psql …');
    const ratios = await ratioRows(product, url, turns);
    say('Postbacks while an export runs …');
    return [...ratios, await postbackRow(product, generator, path)];
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function addProject(settings: NodeJS.ProcessEnv): Promise<string> {
  const args = ['project', 'add', '--name', 'Bench', '--provider', 'cryptocloud', '--secret', SECRET];
  const project: { readonly notificationPath: string } = JSON.parse(await admin(settings, args));
  return project.notificationPath;
}

const PLAIN = '/api/exports/invoices.csv';
const WITH_PEOPLE = `${PLAIN}?people=include`;

async function ratioRows(product: ExportingProduct, url: string, turns: Omit<Exports, 'rows'>): Promise<Row[]> {
  // What runs for the first time is still compiled, and memory settles.
  await download(product, `${PLAIN}?to=2025-02-01`);
  const plain = await inTurns(product, url, turns.rounds, false);
  const people = await inTurns({ ...product, cookie: await withPassword(product) }, url, turns.roundsWithPeople, true);
  const files = [...plain, ...people].map(({ file }) => file);
  const growth = Math.max(...files.map((file) => file.growth));
  const firstByte = Math.max(...files.map((file) => file.firstByte));
  return [
    ratioRow('A million rows without people ÷ psql', plain, 3),
    ratioRow('A million rows with people ÷ psql', people, 8),
    {
      measure: 'First byte of an export',
      value: firstByte,
      unit: 'ms',
      pass: { at: 'most', mark: 200 },
      detail: `the slowest of ${files.length}`,
      sound: true,
    },
    {
      measure: 'Memory growth during an export',
      value: growth,
      unit: 'MB',
      pass: { at: 'most', mark: 64 },
      detail: `${files.map((file) => show(file.growth)).join(', ')} MB for files of ${files.map(({ bytes }) => show(bytes / 1e6)).join(', ')} MB`,
      sound: true,
    },
  ];
}

interface Turn {
  readonly file: Downloaded;
  readonly psql: number;
  readonly by: string;
}

async function inTurns(product: ExportingProduct, url: string, rounds: number, people: boolean): Promise<Turn[]> {
  const turns: Turn[] = [];
  while (turns.length < rounds) {
    const { milliseconds, by } = await copyOut(url, plainSelect(people));
    turns.push({ file: await download(product, people ? WITH_PEOPLE : PLAIN), psql: milliseconds, by });
  }
  return turns;
}

function ratioRow(measure: string, turns: readonly Turn[], mark: number): Row {
  const ratios = turns.map(({ file, psql }) => file.milliseconds / psql);
  const seconds = (times: readonly number[]): string => show(median(times) / 1_000);
  const ours = seconds(turns.map(({ file }) => file.milliseconds));
  const theirs = seconds(turns.map(({ psql }) => psql));
  return {
    measure,
    value: median(ratios),
    unit: '×',
    pass: { at: 'most', mark },
    detail: `${ours} s against ${theirs} s by ${turns[0]?.by} of a plain select of the same columns; ${ratios.map(show).join(', ')}`,
    sound: turns.every(({ file }) => file.bytes > 0),
  };
}

const LISTEN_MS = 8_000;
const SIGNED = 12_000;

async function postbackRow(product: ExportingProduct, generator: Generator, path: string): Promise<Row> {
  const url = `http://127.0.0.1:${new URL(product.address).port}${path}`;
  const listen = async (): Promise<{
    readonly p99: number;
    readonly failed: number;
    readonly acknowledged: number;
  }> => {
    await generator.sign({ provider: 'cryptocloud', secret: SECRET, count: SIGNED });
    return generator.run({ url, connections: 1, milliseconds: LISTEN_MS });
  };
  await listen();
  const before = await listen();
  const running = download(product, PLAIN);
  const meanwhile = await listen();
  await running;
  return {
    measure: 'Postbacks while an export runs, p99 ÷ p99 without',
    value: meanwhile.p99 / before.p99,
    unit: '×',
    pass: { at: 'most', mark: 2 },
    detail: `one at a time: ${show(meanwhile.p99)} ms against ${show(before.p99)} ms, ${meanwhile.acknowledged} against ${before.acknowledged} in ${LISTEN_MS / 1_000} s`,
    sound: before.failed + meanwhile.failed === 0,
  };
}
