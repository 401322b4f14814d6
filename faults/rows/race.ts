import { Lines } from '../lines';
import type { Row, Seen } from '../row';
import { onPostgresScene, type Scene } from '../scene';
import type { Postback } from '../stories';

const WRITERS = 8;
const COPIES = 8;

/** Two processes are told the same at the same moment; then eight writers tell everything eight times. */
export const race: Row = {
  name: 'race',
  fault: 'two server processes race one postback; 8 writers × postbacks × 8 copies',
  run: ({ short, seed }) =>
    onPostgresScene(seed, async (scene): Promise<Seen> => {
      const raced = short ? 60 : 1_000;
      const each = short ? 6 : 125;
      const servers = [await scene.serve(), await scene.serve()];
      for (const { port } of servers) await scene.untilServed(port);
      const lines = servers.map(({ port }) => new Lines(() => port));
      const statuses = new Map<number, number>();
      const post = async (line: number, postback: Postback): Promise<void> => {
        const status = await scene.post(lines[line % 2] ?? new Lines(() => 0), postback);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      };
      for (let index = 0; index < raced; index += 1) {
        const postback = await payment(scene, index);
        await Promise.all([post(0, postback), post(1, postback)]);
      }
      const many: Postback[] = [];
      while (many.length < WRITERS * each) many.push(await payment(scene, raced + many.length));
      // Every writer tells every eighth of them first, and a copy of each at about the time at which another tells it.
      const writer = async (own: number): Promise<void> => {
        for (let first = 0; first < many.length; first += COPIES) {
          for (let copy = 0; copy < COPIES; copy += 1) {
            const postback = many[first + ((own + copy) % COPIES)];
            if (postback) await post(own, postback);
          }
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, (_, own) => writer(own)));
      for (const line of lines) line.close();
      const deadlocks = await countDeadlocks(scene);
      await Promise.all(servers.map((server) => server.stop()));
      const verdict = await scene.ask();
      const others = [...statuses].filter(([status]) => status !== 200);
      return {
        figures: `${raced} races of two, ${many.length} postbacks × ${COPIES}, ${verdict.acknowledged} acknowledged, ${verdict.invoices} invoices, ${deadlocks} deadlocks`,
        broken: [
          ...verdict.broken,
          ...others.map(([status, count]) => `${count} answered ${status || 'by nothing'}`),
          ...(deadlocks > 0 ? [`${deadlocks} deadlocks`] : []),
          ...(verdict.invoices === raced + many.length + servers.length
            ? []
            : [`there are ${verdict.invoices} invoices`]),
        ],
        late: [],
      };
    }),
};

/** One invoice a postback. */
async function payment(scene: Scene, index: number): Promise<Postback> {
  const invoice = `RACE${String(index).padStart(6, '0')}`;
  scene.expected.push({ project: scene.shop.id, invoice, transaction: 'payment 24.61 USDT_TRC20' });
  return scene.payment(invoice);
}

async function countDeadlocks(scene: Scene): Promise<number> {
  const text = 'select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()';
  const [row] = await scene.query<{ deadlocks: number }>(text);
  return row?.deadlocks ?? 0;
}
