import { neonUrl, startNeonStandIn } from '@/lib/db/testing-neon';
import { Lines } from '../lines';
import type { Row, Seen } from '../row';
import { onPostgresScene } from '../scene';
import { startSleepingNeon, type Waking } from '../sleeping-neon';
import { until } from '../until';

const WAYS: readonly Waking[] = ['refuses', 'hangs up', 'fails', 'is late'];
const MARK_MS = 8_000;

/** Neon puts a database to sleep that nobody uses, and the first who comes waits or is sent away. */
export const neon: Row = {
  name: 'neon',
  fault: 'Neon asleep: first connection refused, cut, failed or 5 s late',
  run: ({ short, seed }) =>
    onPostgresScene(seed, async (scene): Promise<Seen> => {
      const rounds = short ? 1 : 10;
      const standIn = await startNeonStandIn(scene.deployment.url);
      scene.atEnd(() => standIn.stop());
      const asleep = await startSleepingNeon(standIn.endpoint);
      scene.atEnd(() => asleep.stop());
      const url = neonUrl(scene.deployment.url);
      const server = await scene.serve({ DATABASE_URL: url, TILLBELL_NEON_ENDPOINT: asleep.endpoint });
      await scene.untilServed(server.port);
      const lines = new Lines(() => server.port);
      const firsts: string[] = [];
      const broken: string[] = [];
      let slowest = 0;
      for (let round = 0; round < rounds; round += 1) {
        for (const how of WAYS) {
          const { expected, postbacks } = await scene.stories.next();
          scene.expected.push(expected);
          await asleep.sleep(how, 1);
          for (const [index, postback] of postbacks.entries()) {
            const began = performance.now();
            const status = await scene.post(lines, postback);
            slowest = Math.max(slowest, performance.now() - began);
            if (index === 0) firsts.push(`${how}: ${status}`);
            if (status !== 200 && status !== 503) broken.push(`when it ${how}: answered ${status || 'by nothing'}`);
            await asleep.sleep('awake', 0);
            await until('an answer of 200 once awake', async () => (await scene.post(lines, postback)) === 200);
          }
        }
      }
      lines.close();
      await server.stop();
      const verdict = await scene.ask();
      return {
        figures: `${asleep.asleep} sleeps, ${[...new Set(firsts)].join(', ')}, within ${(slowest / 1000).toFixed(1)} s, ${verdict.acknowledged} acknowledged`,
        broken: [...verdict.broken, ...broken],
        late: slowest > MARK_MS ? [`an answer after ${(slowest / 1000).toFixed(1)} s`] : [],
      };
    }),
};
