import { writeCursor } from '@/lib/cursor';
import { createDatabase, dropDatabase, startPostgres } from '@/lib/db/testing-postgres';
import { toInstant } from '@/lib/time';
import { startProduct } from '../scripts/demo/product';
import { fillHistory } from './history';
import { operate, SECRET, settingsOn } from './receivers';
import { median, percentile, type Row, show } from './row';
import { signIn } from './sign-in';
import { totals } from './totals';

const OWNER = { email: 'owner@bench.example', password: 'a long password of the owner' };
const WARM_UP = 4;
const MEASURED = 25;
const LIST = '/invoices';
const FEW = 10_000;

interface Timed {
  readonly path: string;
  readonly p50: number;
  readonly p95: number;
}

/** Pages over HTTP, from the request to the last byte, one after the other: each list, filter, search and page turn. */
export async function lists({ many }: { readonly many: number }): Promise<readonly Row[]> {
  const server = process.env.BENCH_DATABASE_URL ? null : await startPostgres();
  const serverUrl = server?.url ?? process.env.BENCH_DATABASE_URL ?? '';
  try {
    const few = await timePages(serverUrl, FEW);
    const all = await timePages(serverUrl, many);
    const [before, after] = [few.timed, all.timed];
    return [
      slowest(after, many),
      growth(before, after, many),
      worstGrowth(before, after, many),
      deep(after, many),
      all.totals,
    ];
  } finally {
    await server?.stop();
  }
}

const DAY = 86_400_000;
const date = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 10);

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** In the middle of the two years that the history lasts. */
const DEEP = `/invoices?after=${writeCursor({ at: toInstant(new Date(Date.now() - 365 * DAY)), id: LAST_ID })}`;
/** Its address is another with each history. */
const SECOND = 'the second page';

const PATHS: readonly string[] = [
  LIST,
  '/invoices?status=partial',
  '/invoices?status=paid&status=overpaid',
  `/invoices?from=${date(30)}&to=${date(0)}`,
  `/invoices?from=${date(500)}&to=${date(400)}&status=expired`,
  // Narrow, and yet a full page of the shorter history too: rows cost more to draw than to find.
  '/invoices?min=850&max=860',
  '/invoices?sort=largest',
  '/invoices?test=only',
  '/invoices?provider=trybit',
  '/invoices?q=ord-77777',
  '/invoices?q=customer',
  '/transactions',
  `/transactions?from=${date(30)}&to=${date(0)}`,
  '/transactions?sort=smallest',
  '/deliveries',
  '/deliveries?status=waybill_failed',
  '/deliveries?view=unresolved',
  '/postbacks',
  '/postbacks?outcome=refused',
  '/api/search?q=ord-77777',
  '/api/search?q=ord-1',
  '/api/search?q=customer',
  '/api/search?q=85.5',
];

interface Measured {
  readonly timed: readonly Timed[];
  readonly totals: Row;
}

async function timePages(serverUrl: string, invoices: number): Promise<Measured> {
  const name = `bench_lists_${process.pid}_${invoices}`;
  const url = await createDatabase(serverUrl, name);
  try {
    const env = await settingsOn(url);
    await addPeopleAndProjects(env);
    await fillHistory(url, invoices);
    const product = await startProduct(env);
    try {
      const cookie = await signIn(product.address, OWNER.email, OWNER.password);
      const open = (path: string): Promise<string> => openPage(product.address, path, cookie);
      const timed: Timed[] = [];
      for (const path of [...PATHS, DEEP]) timed.push(await timePage(path, open));
      timed.push({ ...(await timePage(await olderPage(await open(LIST)), open)), path: SECOND });
      return { timed, totals: await totals(url, invoices) };
    } finally {
      await product.stop();
    }
  } finally {
    await dropDatabase(serverUrl, name);
  }
}

async function addPeopleAndProjects(env: NodeJS.ProcessEnv): Promise<void> {
  const staff = ['staff', 'add', '--email', OWNER.email, '--name', 'Owner', '--role', 'owner', '--password-stdin'];
  await operate(env, staff, OWNER.password);
  for (const provider of ['cryptocloud', 'cryptocloud-v1', 'trybit'])
    await operate(env, ['project', 'add', '--name', provider, '--provider', provider, '--secret', SECRET]);
  await operate(env, ['project', 'add', '--name', 'second', '--provider', 'cryptocloud', '--secret', SECRET]);
}

async function openPage(address: string, path: string, cookie: string): Promise<string> {
  const answer = await fetch(address + path, { headers: { cookie }, redirect: 'manual' });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
  return text;
}

async function timePage(path: string, open: (path: string) => Promise<string>): Promise<Timed> {
  for (let turn = 0; turn < WARM_UP; turn += 1) await open(path);
  const times: number[] = [];
  for (let turn = 0; turn < MEASURED; turn += 1) {
    const began = performance.now();
    await open(path);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const timed = { path, p50: percentile(times, 50), p95: percentile(times, 95) };
  process.stderr.write(`  ${path}: p50 ${show(timed.p50)}, p95 ${show(timed.p95)} ms\n`);
  return timed;
}

/** The address of the next page, as the list links it. */
async function olderPage(html: string): Promise<string> {
  const link = /href="(\/invoices\?[^"]*after=[^"]*)"/.exec(html)?.[1];
  if (!link) throw new Error('The list has no second page.');
  return link.replaceAll('&amp;', '&');
}

function slowest(timed: readonly Timed[], invoices: number): Row {
  const [worst, ...others] = [...timed].sort((a, b) => b.p95 - a.p95);
  const next = others.slice(0, 3).map(({ path, p95 }) => `${path} ${show(p95)}`);
  return {
    measure: `Slowest of ${timed.length} lists, filters, searches and page turns at ${invoices} invoices, p95`,
    value: worst?.p95 ?? Number.NaN,
    unit: 'ms',
    pass: { at: 'most', mark: 200 },
    detail: `${worst?.path}; then ${next.join(', ')}; median of all ${show(median(timed.map(({ p50 }) => p50)))}`,
    sound: timed.length > 0,
  };
}

const p50Of = (timed: readonly Timed[], path: string): number =>
  timed.find((one) => one.path === path)?.p50 ?? Number.NaN;

function worstGrowth(few: readonly Timed[], many: readonly Timed[], invoices: number): Row {
  const ratios = many
    .filter(({ path }) => path !== LIST)
    .map(({ path, p50 }) => ({ path, p50, ratio: p50 / p50Of(few, path) }))
    .sort((a, b) => b.ratio - a.ratio);
  const [worst, ...others] = ratios;
  const next = others.slice(0, 3).map(({ path, ratio }) => `${path} ${show(ratio)}`);
  return {
    measure: `Filters, searches and page turns at ${invoices} invoices ÷ at ${FEW}, worst`,
    value: worst?.ratio ?? Number.NaN,
    unit: '×',
    pass: { at: 'most', mark: 1.5 },
    detail: `${worst?.path}, ${show(worst?.p50 ?? 0)} ms; then ${next.join(', ')}; median ${show(median(ratios.map(({ ratio }) => ratio)))}`,
    sound: ratios.every(({ ratio }) => ratio > 0),
  };
}

function deep(timed: readonly Timed[], invoices: number): Row {
  const [first, middle] = [p50Of(timed, LIST), p50Of(timed, DEEP)];
  return {
    measure: `A page in the middle of ${invoices} invoices ÷ the first`,
    value: middle / first,
    unit: '×',
    pass: { at: 'most', mark: 1.5 },
    detail: `${show(middle)} ms against ${show(first)} ms`,
    sound: true,
  };
}

function growth(few: readonly Timed[], many: readonly Timed[], invoices: number): Row {
  return {
    measure: `The list at ${invoices} invoices ÷ at ${FEW}`,
    value: p50Of(many, LIST) / p50Of(few, LIST),
    unit: '×',
    pass: { at: 'most', mark: 1.3 },
    detail: `${show(p50Of(many, LIST))} ms against ${show(p50Of(few, LIST))} ms`,
    sound: true,
  };
}
