import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../scripts/demo/product';
import { type Receiver, SECRET } from './receivers';
import { median, type Row, show } from './row';
import { CONNECTIONS, PROVIDER, type Stage, sendAndCount } from './stage';

const ROUNDS = 5;
const MILLISECONDS = 3_000;
const MOST = 20_000;
/** No key looks like this: our own route reads such a body, asks nothing and answers 404. */
const NOTHING = '/api/postbacks/nothing';

/** The product as Vercel runs it: Next alone, where the App Router's route takes postbacks. */
export async function startRoute({ ours }: Stage): Promise<Receiver> {
  const port = await freePort();
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', port], {
    env: { ...ours.env, NODE_ENV: 'production', PORT: port },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const killIt = (): void => void child.kill('SIGKILL');
  process.on('exit', killIt);
  const ended = once(child, 'close').finally(() => process.off('exit', killIt));
  const address = `http://127.0.0.1:${port}`;
  while ((await statusOf(`${address}/api/health`)) !== 200) await wait(50);
  const stop = async (): Promise<void> => {
    killIt();
    await ended;
  };
  return { url: address + ours.path, table: 'postbacks', pid: child.pid ?? 0, stop };
}

/** 0 while nobody listens. */
async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url).catch(() => null);
  return answer?.status ?? 0;
}

/** Postbacks a second through the route beside what the framework can do at all: the same route with nothing to do. */
export async function throughRoute(stage: Stage, route: Receiver): Promise<Row> {
  const nothing = new URL(NOTHING, route.url).href;
  const idle = async (): Promise<number> => {
    await stage.generator.sign({ provider: PROVIDER, secret: SECRET, count: MOST });
    const order = { url: nothing, connections: CONNECTIONS, milliseconds: MILLISECONDS, status: 404 };
    const { acknowledged, milliseconds, failed } = await stage.generator.run(order);
    if (failed > 0) throw new Error(`${failed} requests for nothing were not answered with 404.`);
    return (acknowledged * 1_000) / milliseconds;
  };
  let astray = 0;
  const receive = async (): Promise<number> => {
    const measured = await sendAndCount(stage, route, { count: MOST, milliseconds: MILLISECONDS });
    astray += measured.astray;
    return measured.perSecond;
  };
  await idle();
  await receive();
  const pairs: (readonly [number, number])[] = [];
  while (pairs.length < ROUNDS) pairs.push([await receive(), await idle()]);
  const middle = (side: 0 | 1): string => show(median(pairs.map((pair) => pair[side])));
  return {
    measure: 'Postbacks a second through the route ÷ the same route with nothing to do',
    value: median(pairs.map(([received, idled]) => received / idled)),
    unit: '×',
    pass: { at: 'least', mark: 0.6 },
    detail: `median of ${ROUNDS} rounds; ${middle(0)} against ${middle(1)} a second; ${astray} lost`,
    sound: astray === 0,
  };
}
