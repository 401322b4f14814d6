import { randomFrom } from '@/lib/fold/random.testing';
import { median } from '../../bench/row';
import { freePort } from '../../e2e/server';
import { perSecond, type Row, type Scale, type Seen, together } from '../row';
import { type Kind, onScene, type Scene } from '../scene';
import { until } from '../until';

/** The machine takes the process away without a word, again and again, while providers send. */
export const kill: Row = {
  name: 'kill',
  fault: 'kill -9 of the app at 200 postbacks a second',
  run: async (scale) => {
    const onPostgres = await killOn('PostgreSQL', scale);
    // In `npm test` a browser test of its own (e2e/crash.spec.ts) does this to the embedded database.
    return scale.short ? onPostgres : together([onPostgres, await killOn('embedded', scale)]);
  },
};

function killOn(kind: Kind, scale: Scale): Promise<Seen> {
  const { short, seed } = scale;
  const rounds = short ? 2 : 50;
  return onScene(kind, seed, async (scene) => {
    const port = await freePort();
    const bare = await bareStart(scene, port, short ? 1 : 3);
    const random = randomFrom(seed);
    let server = await scene.serve({}, port);
    await scene.untilServed(port);
    const load = scene.load(() => port, perSecond(scale));
    const starts: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const goal = load.acknowledged + 20 + random.int(short ? 20 : 120);
      await until('answers of 200', () => load.acknowledged >= goal);
      await server.kill();
      const began = performance.now();
      server = await scene.serve({}, port);
      const known = load.acknowledged;
      await until('the first 200 after a start', () => load.acknowledged > known);
      starts.push(performance.now() - began);
    }
    await load.settle();
    await server.stop();
    const verdict = await scene.ask();
    const again = median(starts);
    const ready = `ready again after ${again.toFixed(0)} ms (at most ${Math.max(...starts).toFixed(0)})`;
    return {
      figures: `${kind}: ${rounds} kills, ${verdict.acknowledged} acknowledged, answered ${load.statuses()}, ${ready}, bare ${bare.toFixed(0)} ms`,
      broken: [...verdict.broken, ...load.unexpected([200, 503, 0])],
      late: again > 2 * bare ? [`${kind}: ${ready}, and twice a bare start is ${(2 * bare).toFixed(0)} ms`] : [],
    };
  });
}

/** From nothing to the first answer of 200, with nobody else sending. */
async function bareStart(scene: Scene, port: number, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const server = await scene.serve({}, port);
    await scene.untilServed(port);
    times.push(performance.now() - began);
    await server.stop();
  }
  return median(times);
}
