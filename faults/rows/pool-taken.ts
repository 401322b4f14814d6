import type { Server } from '../../e2e/server';
import { perSecond, type Scale, type Seen } from '../row';
import { onPostgresScene, type Scene } from '../scene';
import { judged } from '../trouble-seen';
import { during, until } from '../until';
import { LIVE, signedIn, type Watching, watch } from '../watchers';

const EXPORT = '/api/exports/transactions.csv';
/** More than all that lies between the two ends of a connection. */
const ROWS = 120_000;

/** Colleagues whose downloads go slowly, and who leave every screen open. */
export function poolTaken(scale: Scale): Promise<Seen> {
  return onPostgresScene(scale.seed, async (scene): Promise<Seen> => {
    const [exports, tabs] = scale.short ? [4, 20] : [20, 200];
    const server = await scene.serve();
    await scene.untilServed(server.port);
    await growTransactions(scene);
    const load = scene.load(() => server.port, perSecond(scale));
    await until('answers of 200', () => load.acknowledged >= 30);
    if (!scale.short) await during(10_000);
    const usual = load.p99(0, performance.now());
    const cookie = await signedIn(server);
    const opened = performance.now();
    const slow = await openAll(server, EXPORT, cookie, exports);
    const screens = await openAll(server, LIVE, cookie, tabs);
    const from = performance.now();
    const known = load.acknowledged;
    await until('answers of 200 beside them', () => load.acknowledged > known + 30);
    if (!scale.short) await during(20_000);
    const meanwhile = load.p99(from, performance.now());
    for (const each of [...slow, ...screens]) each.close();
    await load.settle();
    await forgetGrown(scene);
    await server.stop();
    const p99 = `p99 ${meanwhile.toFixed(0)} ms beside ${usual.toFixed(0)}`;
    const took = `opened within ${((from - opened) / 1000).toFixed(1)} s (p99 ${load.p99(opened, from).toFixed(0)} ms)`;
    const seen = await judged(
      scene,
      load,
      `${slow.length} of ${exports} slow exports and ${screens.length} of ${tabs} tabs ${took}: ${p99}`,
    );
    return { ...seen, late: [...seen.late, ...(meanwhile > 2 * usual ? [`pool taken: ${p99}`] : [])] };
  });
}

/** Those that could be opened: colleagues may be sent away, providers not. */
async function openAll(server: Server, path: string, cookie: string, count: number): Promise<readonly Watching[]> {
  const opened = await Promise.allSettled(Array.from({ length: count }, () => watch(server.port, path, cookie)));
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** Transactions of the first invoice, which no postback spoke of; gone again before the oracle looks. */
function growTransactions(scene: Scene): Promise<unknown> {
  return scene.query(
    `insert into transactions select gen_random_uuid(), invoice_id, project_id, kind, amount, currency, amount_usd,
       tx_hashes, 'grown', is_test, occurred_at, time_source
     from (select * from transactions limit 1) one, generate_series(1, ${ROWS})`,
  );
}

function forgetGrown(scene: Scene): Promise<unknown> {
  return scene.query(`delete from transactions where external_id = 'grown'`);
}
