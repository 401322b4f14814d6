import { type Inspected, startInspected } from '../inspected';
import { Lines } from '../lines';
import type { Row, Seen } from '../row';
import { onPostgresScene } from '../scene';
import { until } from '../until';
import { LIVE, signedIn, watch } from '../watchers';

/** A browser opens few more to one server at once, and there are many colleagues. */
const AT_ONCE = 50;
const MOST_GROWTH = 1.1;

/** Screens that are opened and left all day long, by people and by machines that vanish. */
export const tabs: Row = {
  name: 'tabs',
  fault: 'tabs opened and closed, half without goodbye',
  run: ({ short, seed }) =>
    onPostgresScene(seed, async (scene): Promise<Seen> => {
      const [warmUp, count] = short ? [50, 150] : [2_000, 10_000];
      const server = await startInspected(scene.settings);
      scene.atEnd(() => server.kill());
      await scene.untilServed(server.port);
      const cookie = await signedIn(server);
      await openAndLeave(server, cookie, warmUp);
      await nobodyListens(server);
      const before = (await server.look()).heap;
      const opened = await openAndLeave(server, cookie, count);
      const left = await nobodyListens(server);
      const after = (await server.look()).heap;
      const lines = new Lines(() => server.port);
      const { expected, postbacks } = await scene.stories.next();
      scene.expected.push(expected);
      const statuses = [];
      for (const postback of postbacks) statuses.push(await scene.post(lines, postback));
      lines.close();
      await server.kill();
      const verdict = await scene.ask();
      const memory = `memory ${before.toFixed(1)} MB before and ${after.toFixed(1)} MB after`;
      return {
        figures: `${opened} of ${count} tabs, ${left} listeners left, ${memory}`,
        broken: [
          ...verdict.broken,
          ...(opened === 0 ? ['no tab could be opened'] : []),
          ...(left > 0 ? [`${left} listeners are left`] : []),
          ...statuses
            .filter((status) => status !== 200)
            .map((status) => `afterwards a postback was answered ${status}`),
        ],
        late: after > MOST_GROWTH * before ? [memory] : [],
      };
    }),
};

/** How many could be opened: somebody may be sent away where a machine is slow. */
async function openAndLeave({ port }: Inspected, cookie: string, count: number): Promise<number> {
  let next = 0;
  let opened = 0;
  const person = async (): Promise<void> => {
    for (let own = next++; own < count; own = next++) {
      const tab = await watch(port, LIVE, cookie).catch(() => null);
      if (own % 2 === 0) tab?.close();
      else tab?.vanish();
      opened += tab === null ? 0 : 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, person));
  return opened;
}

/** How many are left when no more of them go. */
async function nobodyListens(server: Inspected): Promise<number> {
  let left = Number.NaN;
  await until('no listener', async () => {
    left = (await server.look()).listeners;
    return left === 0;
  }).catch(() => {});
  return left;
}
