import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Lines } from '../lines';
import type { Row, Scale, Seen } from '../row';
import { perSecond, together } from '../row';
import { onPostgresScene, type Scene } from '../scene';
import { sampleOf, toPostback } from '../stories';
import { countOf, judged, MARK_MS } from '../trouble-seen';
import { during, until } from '../until';
import { fullDisk } from './full-disk';
import { poolTaken } from './pool-taken';

/** A database that is there and does not do what it should. */
export const trouble: Row = {
  name: 'trouble',
  fault: 'read-only database, full disk, a row lock, a pool that is taken',
  run: async (scale) =>
    together([await readOnly(scale), await rowLock(scale), await poolTaken(scale), await fullDisk(scale)]),
};

function readOnly(scale: Scale): Promise<Seen> {
  return onPostgresScene(scale.seed, async (scene): Promise<Seen> => {
    const server = await scene.serve();
    await scene.untilServed(server.port);
    const load = scene.load(() => server.port, perSecond(scale));
    const rounds = scale.short ? 1 : 5;
    for (let round = 0; round < rounds; round += 1) {
      await setReadOnly(scene, true);
      const refused = countOf(load, 503);
      await until('a 503', () => countOf(load, 503) > refused + 10);
      await setReadOnly(scene, false);
      const known = load.acknowledged;
      await until('an answer of 200 again', () => load.acknowledged > known + 10);
    }
    await load.settle();
    await server.stop();
    return judged(scene, load, `read-only ${rounds} times`);
  });
}

/** For new connections; the open ones are ended. */
async function setReadOnly(scene: Scene, on: boolean): Promise<void> {
  const url = new URL(scene.settings.DATABASE_URL ?? '');
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`alter database "${name}" set default_transaction_read_only = ${on ? 'on' : 'off'}`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await admin.end();
}

function rowLock(scale: Scale): Promise<Seen> {
  const holdMs = scale.short ? 0 : 30_000;
  return onPostgresScene(scale.seed, async (scene): Promise<Seen> => {
    const server = await scene.serve();
    await scene.untilServed(server.port);
    const load = scene.load(() => server.port, perSecond(scale));
    const lines = new Lines(() => server.port);
    const invoice = randomUUID().slice(0, 8).toUpperCase();
    const { invoice_info: details, ...paid } = sampleOf(scene.shop, 'paid');
    const fields = { ...paid, invoice_id: invoice, order_id: 'A-1' };
    await scene.post(lines, await toPostback(scene.shop, fields, invoice, 0));
    await until('answers of 200', () => load.acknowledged >= 30);
    if (!scale.short) await during(5_000);
    const usual = load.p99(0, performance.now());

    const holder = new pg.Client({ connectionString: scene.settings.DATABASE_URL });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from invoices where provider_invoice_id = $1 for update', [invoice]);
    const from = performance.now();
    const held = await toPostback(scene.shop, { ...fields, invoice_info: details ?? null }, invoice, 1);
    const waits: number[] = [];
    const statuses = new Set<number>();
    do {
      const began = performance.now();
      statuses.add(await scene.post(lines, held));
      waits.push(performance.now() - began);
    } while (performance.now() - from < holdMs);
    const meanwhile = load.p99(from, performance.now());
    await holder.query('rollback');
    await holder.end();
    const after = await scene.post(lines, held);
    lines.close();
    await load.settle();
    await server.stop();
    const slowest = Math.max(...waits);
    const p99 = `others' p99 ${meanwhile.toFixed(0)} ms beside ${usual.toFixed(0)}`;
    const seen = await judged(
      scene,
      load,
      `row lock: answered ${[...statuses].join(', ')} after at most ${slowest.toFixed(0)} ms, then ${after}, ${p99}`,
    );
    return {
      figures: seen.figures,
      broken: [
        ...seen.broken,
        ...[...statuses]
          .filter((status) => status !== 200 && status !== 503)
          .map((status) => `a held one was answered ${status}`),
        ...(after === 200 ? [] : [`after the lock it was answered ${after}`]),
      ],
      late: [
        ...seen.late,
        ...(slowest > MARK_MS ? [`a held one was answered after ${slowest.toFixed(0)} ms`] : []),
        ...(meanwhile > 2 * usual ? [`row lock: ${p99}`] : []),
      ],
    };
  });
}
