import { Agent, request } from 'node:http';
import { getProvider } from '@/lib/providers';
import type { SignedPostback } from '@/lib/providers/provider';
import { percentile } from '../row';
import type { Load, Order, Report, RunOrder, SignOrder } from './messages';

/** The process that sends; it signs everything before the clock starts. */

let signed: SignedPostback[] = [];

/** Samples are made anew for each, so every one is an invoice of its own. */
async function sign({ provider: id, secret, count }: SignOrder): Promise<void> {
  const provider = getProvider(id);
  const sample = provider?.samples.find(({ name }) => name === 'paid');
  if (!provider || !sample) throw new Error(`${id} has no sample of a payment.`);
  const now = new Date();
  const made: SignedPostback[] = [];
  for (let index = 0; index < count; index += 1) made.push(await provider.sign(sample.build(now), secret, { now }));
  signed = made;
}

async function run({ url, connections, milliseconds }: RunOrder): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  const queue = signed;
  signed = [];
  const times: number[] = [];
  let next = 0;
  let failed = 0;
  const began = performance.now();
  const connection = async (): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      const postback = queue[next];
      next += 1;
      if (!postback) return;
      const sent = performance.now();
      if (await isAcknowledged(url, agent, postback)) times.push(performance.now() - sent);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const took = performance.now() - began;
  agent.destroy();
  times.sort((a, b) => a - b);
  const figures = { p50: percentile(times, 50), p95: percentile(times, 95), p99: percentile(times, 99) };
  return { acknowledged: times.length, failed, milliseconds: took, ...figures };
}

function isAcknowledged(url: string, agent: Agent, { body, headers }: SignedPostback): Promise<boolean> {
  return new Promise((resolve) => {
    const sending = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': body.byteLength } });
    sending.once('error', () => resolve(false));
    sending.once('response', (response) => {
      response.once('error', () => resolve(false));
      response.once('end', () => resolve(response.statusCode === 200)).resume();
    });
    sending.end(body);
  });
}

function report(told: Report): void {
  process.send?.(told);
}

process.on('message', async (order: Order) => {
  if (order.kind === 'sign') {
    await sign(order);
    report({ kind: 'signed' });
  } else {
    report({ kind: 'ran', load: await run(order) });
  }
});
// Its parent is gone, and so is its purpose.
process.on('disconnect', () => process.exit(0));
