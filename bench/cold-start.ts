import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { getProvider } from '@/lib/providers';
import { freePort, startProduct } from '../scripts/demo/product';
import { emptyApp } from './empty-page';
import { SECRET } from './receivers';
import { median, type Row, show } from './row';
import { PROVIDER, type Stage } from './stage';

const ROUNDS = 5;

/** From the start of the process to the first postback answered, on PostgreSQL, beside an empty app's first page. */
export async function coldStart({ ours }: Stage): Promise<Row> {
  const folder = await emptyApp();
  const pairs: (readonly [number, number])[] = [];
  while (pairs.length < ROUNDS) {
    pairs.push([await firstPostback({ ...ours.env, PORT: await freePort() }, ours.path), await firstEmptyPage(folder)]);
  }
  const middle = (side: 0 | 1): string => show(median(pairs.map((pair) => pair[side])));
  return {
    measure: 'Process start to the first postback answered ÷ an empty Next app to its first page',
    value: median(pairs.map(([a, b]) => a / b)),
    unit: '×',
    pass: { at: 'most', mark: 1.5 },
    detail: `median of ${ROUNDS} rounds; ${middle(0)} against ${middle(1)} ms`,
    sound: true,
  };
}

async function firstPostback(env: NodeJS.ProcessEnv, path: string): Promise<number> {
  const provider = getProvider(PROVIDER);
  const sample = provider?.samples.find(({ name }) => name === 'paid');
  if (!provider || !sample) throw new Error(`${PROVIDER} has no sample of a payment.`);
  const now = new Date();
  const { body, headers } = await provider.sign(sample.build(now), SECRET, { now });
  const url = `http://127.0.0.1:${env.PORT}${path}`;
  const post = (): Promise<Response | null> =>
    fetch(url, { method: 'POST', headers: { ...headers }, body: Buffer.from(body) }).catch(() => null);
  const began = performance.now();
  const starting = startProduct(env);
  // Nobody listens at first.
  let answer = await post();
  for (; answer === null; answer = await post()) await wait(5);
  const took = performance.now() - began;
  await (await starting).stop();
  if (answer.status !== 200) throw new Error(`The first postback was answered with ${answer.status}.`);
  return took;
}

async function firstEmptyPage(folder: string): Promise<number> {
  const next = fileURLToPath(new URL('../node_modules/next/dist/bin/next', import.meta.url));
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [next, 'start', '-p', port, join(folder)], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: 'ignore',
  });
  const ended = once(child, 'close');
  try {
    while ((await statusOf(`http://127.0.0.1:${port}/`)) !== 200) await wait(5);
    return performance.now() - began;
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

/** 0 while nobody listens. */
async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url).catch(() => null);
  return answer?.status ?? 0;
}
