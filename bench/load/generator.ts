import { getProvider } from '@/lib/providers';
import type { SignedPostback } from '@/lib/providers/provider';
import { percentile } from '../row';
import { Connection, requestOf } from './connection';
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
  const port = Number(new URL(url).port);
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const queue = signed.map(({ headers, body }) => requestOf(url, headers, body));
  signed = [];
  const times: number[] = [];
  let next = 0;
  let failed = 0;
  const began = performance.now();
  const work = async (connection: Connection): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      const request = queue[next];
      next += 1;
      if (!request) return;
      const sent = performance.now();
      if ((await connection.send(request)) === 200) times.push(performance.now() - sent);
      else failed += 1;
    }
  };
  await Promise.all(open.map(work));
  const took = performance.now() - began;
  for (const connection of open) connection.close();
  times.sort((a, b) => a - b);
  const figures = { p50: percentile(times, 50), p95: percentile(times, 95), p99: percentile(times, 99) };
  return { acknowledged: times.length, failed, milliseconds: took, ...figures };
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
