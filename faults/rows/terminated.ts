import pg from 'pg';
import type { Load } from '../load';
import { perSecond, type Row, type Scale, type Seen } from '../row';
import { onPostgresScene } from '../scene';
import { during } from '../until';
import { isAlive } from './restarts';

const EVERY_MS = 1_000;
const BACK_WITHIN_MS = 5_000;
/** Noise aside: a p99 of so little is normal anywhere. */
const ALWAYS_NORMAL_MS = 50;

/** Somebody ends every connection of the app, once a second. */
export const terminated: Row = {
  name: 'terminated',
  fault: 'all connections terminated every second',
  run: (scale) =>
    onPostgresScene(scale.seed, async (scene): Promise<Seen> => {
      const { times, watchMs, backWithinMs } = amounts(scale);
      const server = await scene.serve();
      await scene.untilServed(server.port);
      const admin = new pg.Client({ connectionString: scene.deployment.server.url });
      await admin.connect();
      scene.atEnd(() => admin.end());
      const load = scene.load(() => server.port, perSecond(scale));
      await watch(load, watchMs);
      const usual = load.p99(0, performance.now());
      let ended = 0;
      for (let round = 0; round < times; round += 1) {
        ended += await terminate(admin, new URL(scene.deployment.url).pathname.slice(1));
        await during(EVERY_MS);
      }
      await during(backWithinMs);
      const back = performance.now();
      await watch(load, watchMs);
      const after = load.p99(back, performance.now());
      await load.settle();
      const alive = isAlive(server.pid);
      await server.stop();
      const verdict = await scene.ask();
      const p99 = `p99 ${usual.toFixed(0)} ms before, ${after.toFixed(0)} ms from ${backWithinMs / 1000} s after`;
      return {
        figures: `${times} times, ${ended} connections, ${verdict.acknowledged} acknowledged, answered ${load.statuses()}, ${p99}`,
        broken: [...verdict.broken, ...load.unexpected([200, 503]), ...(alive ? [] : ['the app has ended'])],
        late: after > Math.max(2 * usual, ALWAYS_NORMAL_MS) ? [p99] : [],
      };
    }),
};

function amounts({ short }: Scale): { times: number; watchMs: number; backWithinMs: number } {
  return short
    ? { times: 3, watchMs: 0, backWithinMs: 0 }
    : { times: 60, watchMs: 10_000, backWithinMs: BACK_WITHIN_MS };
}

/** For so long, and so many answers at least. */
async function watch(load: Load, milliseconds: number): Promise<void> {
  await Promise.all([during(milliseconds), load.heard(30)]);
}

async function terminate(admin: pg.Client, database: string): Promise<number> {
  const { rowCount } = await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    [database],
  );
  return rowCount ?? 0;
}
