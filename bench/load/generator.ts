import { setTimeout as wait } from 'node:timers/promises';
import { getProvider } from '@/lib/providers';
import type { SignedPostback } from '@/lib/providers/provider';
import { percentile } from '../row';
import { Connection, requestOf } from './connection';
import type { Load, Order, Report, RunOrder, SignOrder } from './messages';

/** The process that sends; it signs everything before the clock starts. */

let signed: SignedPostback[] = [];

/** Samples are made anew for each, so every one is an invoice of its own, unless copies are asked for. */
async function sign({ provider: id, secret, count, variety = 'different' }: SignOrder): Promise<void> {
  const provider = getProvider(id);
  const sample = provider?.samples.find(({ name }) => name === 'paid');
  if (!provider || !sample) throw new Error(`${id} has no sample of a payment.`);
  const now = new Date();
  const first = sample.build(now);
  const made: SignedPostback[] = [];
  for (let index = 0; index < count; index += 1) {
    const fields = variety === 'copies' ? first : sample.build(now);
    made.push(await provider.sign(fields, secret, { now }));
  }
  signed = made;
}

async function run({ url, connections, milliseconds, perSecond, status = 200 }: RunOrder): Promise<Load> {
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
      const nth = next;
      const request = queue[nth];
      if (!request) return;
      next += 1;
      const due = perSecond === undefined ? performance.now() : began + (nth * 1_000) / perSecond;
      await until(due);
      if ((await connection.send(request)) === status) times.push(performance.now() - due);
      else failed += 1;
    }
  };
  await Promise.all(open.map(work));
  const took = performance.now() - began;
  for (const connection of open) connection.close();
  times.sort((a, b) => a - b);
  const [p50 = 0, p95 = 0, p99 = 0, p999 = 0] = [50, 95, 99, 99.9].map((percent) => percentile(times, percent));
  return { acknowledged: times.length, failed, milliseconds: took, p50, p95, p99, p999 };
}

/** Node's timers are a millisecond late at best, so the last of it is not left to them. */
async function until(moment: number): Promise<void> {
  for (let left = moment - performance.now(); left > 0; left = moment - performance.now()) {
    if (left > 2) await wait(left - 1);
    else await new Promise((resolve) => setImmediate(resolve));
  }
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
