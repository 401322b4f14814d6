import { median } from '../../bench/row';
import { perSecond, type Row, type Seen } from '../row';
import { onPostgresScene } from '../scene';
import { until } from '../until';

const MARK_MS = 2_000;

/** The database goes at once, as when its machine does, and comes back, while providers send. */
export const restarts: Row = {
  name: 'restarts',
  fault: 'PostgreSQL stopped at once and started under load',
  run: (scale) =>
    onPostgresScene(scale.seed, async (scene): Promise<Seen> => {
      const rounds = scale.short ? 2 : 20;
      const server = await scene.serve();
      await scene.untilServed(server.port);
      const load = scene.load(() => server.port, perSecond(scale));
      const returns: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const goal = load.acknowledged + 50;
        await until('answers of 200', () => load.acknowledged >= goal);
        await scene.deployment.server.restart();
        const known = load.acknowledged;
        returns.push(await until('the first 200 after the return', () => load.acknowledged > known));
      }
      await load.settle();
      const alive = isAlive(server.pid);
      await server.stop();
      const verdict = await scene.ask();
      const slowest = Math.max(...returns);
      const first = `first 200 after ${median(returns).toFixed(0)} ms (at most ${slowest.toFixed(0)})`;
      return {
        figures: `${rounds} restarts, ${verdict.acknowledged} acknowledged, answered ${load.statuses()}, ${first}`,
        broken: [...verdict.broken, ...load.unexpected([200, 503]), ...(alive ? [] : ['the app has ended'])],
        late: slowest > MARK_MS ? [`${first}, the mark is ${MARK_MS}`] : [],
      };
    }),
};

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
