import { startCuttingProxy } from '../cutting-proxy';
import { Lines } from '../lines';
import type { Row, Seen } from '../row';
import { onPostgresScene } from '../scene';

/** By its name in the protocol. */
const WRITE = 'ledger_write';
const MOST_TRIES = 10;

/** The write is done and nobody hears of it: the connection to the database ends between COMMIT and its answer. */
export const commitCut: Row = {
  name: 'commit-cut',
  fault: 'connection cut between COMMIT and its answer',
  run: ({ short, seed }) =>
    onPostgresScene(seed, async (scene): Promise<Seen> => {
      const rounds = short ? 25 : 200;
      const direct = new URL(scene.deployment.url);
      const proxy = await startCuttingProxy(Number(direct.port), WRITE);
      scene.atEnd(() => proxy.stop());
      const url = new URL(direct);
      url.port = String(proxy.port);
      const server = await scene.serve({ DATABASE_URL: url.href });
      await scene.untilServed(server.port);
      const lines = new Lines(() => server.port);
      const firsts = new Map<number, number>();
      const unheard: string[] = [];
      while (proxy.cuts < rounds) {
        const { expected, postbacks } = await scene.stories.next();
        scene.expected.push(expected);
        for (const postback of postbacks) {
          const before = proxy.cuts;
          proxy.cutNext();
          let status = await scene.post(lines, postback);
          if (proxy.cuts > before) firsts.set(status, (firsts.get(status) ?? 0) + 1);
          for (let tries = 1; status !== 200 && tries < MOST_TRIES; tries += 1)
            status = await scene.post(lines, postback);
          if (status !== 200) unheard.push(`a retry was answered ${status}`);
        }
      }
      lines.close();
      await server.stop();
      const verdict = await scene.ask();
      const others = [...firsts.keys()].filter((status) => status !== 200 && status !== 503);
      const words = [...firsts].map(([status, count]) => `${count} × ${status}`).join(', ');
      return {
        figures: `${proxy.cuts} cuts, first answered ${words}, ${verdict.acknowledged} acknowledged, ${verdict.invoices} invoices`,
        broken: [...verdict.broken, ...unheard, ...others.map((status) => `a first try was answered ${status}`)],
        late: [],
      };
    }),
};
