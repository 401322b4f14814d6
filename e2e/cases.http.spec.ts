import { expect, test } from '@playwright/test';
import { TEST_SCOPE } from '../scripts/test-scope';
import type { Answer, Case } from './cases/case';
import { DOORS } from './cases/doors';
import { GENUINE } from './cases/genuine';
import { NOVAPAY } from './cases/novapay';
import { REFUSED } from './cases/refused';
import { type Deployment, embedded, postgres, type Shop, seed } from './deployment';
import { type Answered, type Outgoing, send } from './http';
import { type Kept, keptOf, readKept } from './ledger';
import { type ServerKind, startServer } from './server';

const CASES: readonly Case[] = [...GENUINE, ...REFUSED, ...NOVAPAY, ...DOORS];

interface Run {
  readonly shop: Shop;
  readonly requests: readonly Outgoing[];
  readonly answered: readonly Answered[];
}

/** Each case on a project of its own; then the server goes, and what it kept is read. */
async function runAll(deployment: Deployment, door: ServerKind): Promise<{ runs: ReadonlyMap<Case, Run>; kept: Kept }> {
  const wanted = CASES.map(({ provider = 'cryptocloud', withoutSecret }) => ({ provider, withoutSecret }));
  const shops = await seed(deployment.settings, [...wanted, { provider: 'cryptocloud' }, { provider: 'novapay' }]);
  const server = await startServer(deployment.settings, door);
  const runs = new Map<Case, Run>();
  for (const [index, example] of CASES.entries()) {
    const shop = shops[index];
    const other = shops.at(example.provider === 'novapay' ? -1 : -2);
    if (!shop || !other) throw new Error('A project was not made');
    const requests = await example.requests(shop, other);
    const answered: Answered[] = [];
    for (const request of requests) answered.push(await send(server.port, request));
    runs.set(example, { shop, requests, answered });
  }
  await server.stop();
  return { runs, kept: await readKept(deployment.settings) };
}

function expectAnswer({ status, headers, text }: Answered, wanted: Answer, door: ServerKind): void {
  expect(status, text).toBe(wanted.status);
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  for (const [name, value] of Object.entries(wanted.headers ?? {})) expect(headers[name]).toBe(value);
  if (wanted.body === null) return;
  expect(JSON.parse(text)).toEqual(wanted.body);
  expect(headers['content-type']).toMatch(/^application\/json/);
  if (door === 'server') expect(status < 300 || (status >= 400 && status < 500)).toBe(true);
}

/** The number of bytes stored of a refused body. */
const REFUSED_BYTES = 8 * 1024;

/** What stands in the ledger are bytes that were sent, not one more or less; of a large refused body the first 8 KB. */
function expectBodies(kept: Kept, requests: readonly Outgoing[]): void {
  const sent = requests.map(({ body = '' }) => Buffer.from(body));
  for (const { body, outcome } of kept.postbacks) {
    if (body === null) continue;
    const stored = Buffer.from(body, 'base64');
    const whole = outcome === 'refused' || outcome === 'unreadable' ? REFUSED_BYTES : Number.POSITIVE_INFINITY;
    expect(sent.some((bytes) => bytes.subarray(0, whole).equals(stored))).toBe(true);
  }
}

/** Both doors and both databases; each door on each database before a release. */
const PAIRS: readonly (readonly [string, () => Promise<Deployment>, readonly ServerKind[]])[] = [
  ['the embedded database', embedded, TEST_SCOPE === 'all' ? ['server', 'next'] : ['server']],
  ['PostgreSQL', postgres, TEST_SCOPE === 'all' ? ['server', 'next'] : ['next']],
];

for (const [name, make, doors] of PAIRS) {
  for (const door of doors) {
    test.describe(`Every case on ${name} ${door === 'server' ? 'through our own door' : 'inside Next alone'}`, () => {
      let deployment: Deployment | undefined;
      let done: { runs: ReadonlyMap<Case, Run>; kept: Kept } | undefined;

      test.beforeAll(async () => {
        test.setTimeout(180_000);
        deployment = await make();
        done = await runAll(deployment, door);
      });
      test.afterAll(async () => deployment?.remove());

      for (const example of CASES) {
        test(example.title, () => {
          const run = done?.runs.get(example);
          if (!done || !run) throw new Error('The case was not run');
          const wanted = door === 'next' ? { ...example, ...example.inNext } : example;
          expect(run.answered).toHaveLength(wanted.answers.length);
          wanted.answers.forEach((answer, index) => {
            const answered = run.answered[index];
            if (answered) expectAnswer(answered, answer, door);
          });
          const kept = keptOf(done.kept, run.shop.id);
          expectBodies(kept, run.requests);
          if (wanted.kept) expect(kept.postbacks).toMatchObject([...wanted.kept]);
          if (wanted.invoices) expect(kept.invoices).toMatchObject([...wanted.invoices]);
          const counts = Object.fromEntries(kept.counts.map(({ kind, count }) => [kind, count]));
          if (wanted.counts) expect(counts).toEqual(wanted.counts);
        });
      }
    });
  }
}
