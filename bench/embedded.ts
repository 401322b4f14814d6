import { startProduct } from '../scripts/demo/product';
import type { Seeded } from '../scripts/demo/seed';
import type { Load } from './load/messages';
import { startGenerator } from './load/start';
import { median, type Row, show } from './row';

const WARM_UP = 150;
const MEASURED = 600;
const PATIENCE_MS = 120_000;

/** Postbacks one after the other, over HTTP, into the embedded database. */
export async function oneAtATime(env: NodeJS.ProcessEnv, { accounts }: Seeded): Promise<Row> {
  const account = accounts.find(({ provider }) => provider === 'cryptocloud');
  if (!account) throw new Error('There is no CryptoCloud project to send to.');
  const product = await startProduct(env);
  const generator = startGenerator();
  try {
    const url = `http://127.0.0.1:${new URL(product.address).port}${account.notificationPath}`;
    const send = async (count: number): Promise<Load> => {
      await generator.sign({ provider: account.provider, secret: account.signingKey, count });
      return generator.run({ url, connections: 1, milliseconds: PATIENCE_MS });
    };
    await send(WARM_UP);
    const { p50, p95, acknowledged } = await send(MEASURED);
    return {
      measure: 'One postback at a time, embedded database, p95',
      value: p95,
      unit: 'ms',
      pass: { at: 'most', mark: 50 },
      detail: `p50 ${show(p50)} ms, ${acknowledged} of ${MEASURED} acknowledged`,
      sound: acknowledged === MEASURED,
    };
  } finally {
    generator.stop();
    await product.stop();
  }
}

const STARTS = 3;

/** From asking for the first page of a server that has just said it is ready to its last byte, on an existing data folder. */
export async function firstPage(env: NodeJS.ProcessEnv): Promise<Row> {
  const pages: number[] = [];
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const began = performance.now();
    const product = await startProduct(env);
    const ready = performance.now();
    const response = await fetch(`${product.address}/sign-in`);
    await response.arrayBuffer();
    pages.push(performance.now() - ready);
    starts.push(ready - began);
    await product.stop();
    if (response.status !== 200) throw new Error(`The sign-in page answered ${response.status}.`);
  }
  return {
    measure: 'First page after a warm start',
    value: median(pages),
    unit: 'ms',
    pass: { at: 'most', mark: 1_000 },
    detail: `median of ${STARTS}, slowest ${show(Math.max(...pages))} ms; process start to ready ${show(median(starts))} ms`,
    sound: true,
  };
}
