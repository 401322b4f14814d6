import { fileURLToPath } from 'node:url';
import type { Server } from '../../e2e/server';
import { Lines } from '../lines';
import { type Row, type Seen, together } from '../row';
import { onPostgresScene, type Scene } from '../scene';
import { signedIn } from '../watchers';

const TEN_MINUTES = 600_000;
const MARK_MS = 60_000;
const WARNING = 'This server’s clock seems to be wrong';
const SHIFT = fileURLToPath(new URL('../shifted-clock.mjs', import.meta.url));

interface Direction {
  readonly word: 'ahead' | 'behind';
  readonly offMs: number;
  readonly status: number;
  /** A row as the ledger should have it. */
  readonly kept: string;
}

const DIRECTIONS: readonly Direction[] = [
  { word: 'ahead', offMs: TEN_MINUTES, status: 401, kept: 'refused token_expired' },
  { word: 'behind', offMs: -TEN_MINUTES, status: 200, kept: 'accepted long_lived_token' },
];

/** Nobody set this machine's clock. */
export const clock: Row = {
  name: 'clock',
  fault: 'clock 10 minutes off',
  run: async ({ seed }) => together([await off(seed, DIRECTIONS[0]), await off(seed, DIRECTIONS[1])]),
};

async function off(seed: number, direction: Direction | undefined): Promise<Seen> {
  if (!direction) return { figures: '', broken: [], late: [] };
  const { word, offMs, status, kept } = direction;
  return onPostgresScene(seed, async (scene): Promise<Seen> => {
    const server = await scene.serve({ NODE_OPTIONS: `--import ${SHIFT}`, FAULTS_CLOCK_OFF_MS: String(offMs) });
    const { answered, rows } = await postOne(scene, server);
    const began = performance.now();
    const warned = (await overview(server)).includes(WARNING);
    const tookMs = performance.now() - began;
    await server.stop();
    const verdict = await scene.ask();
    return {
      figures: `${word}: answered ${answered}, kept as ${rows}, ${warned ? `staff warned within ${tookMs.toFixed(0)} ms` : 'nobody warned'}`,
      broken: [
        ...verdict.broken,
        ...(answered === status ? [] : [`${word}: answered ${answered}`]),
        ...(rows === kept ? [] : [`${word}: kept as ${rows}`]),
        ...(warned ? [] : [`${word}: staff are not warned of the clock`]),
      ],
      late: tookMs > MARK_MS ? [`${word}: warned after ${tookMs.toFixed(0)} ms`] : [],
    };
  });
}

/** The first that a provider sends, and what became of it. */
async function postOne(scene: Scene, server: Server): Promise<{ answered: number; rows: string }> {
  const lines = new Lines(() => server.port);
  const postback = await scene.payment('CLOCK1');
  const answered = await scene.post(lines, postback);
  lines.close();
  const rows = await scene.query<{ kept: string }>(
    `select outcome || ' ' || coalesce(reason, flags -> 0 ->> 'code', '') as kept from postbacks`,
  );
  return { answered, rows: rows.map(({ kept }) => kept).join(', ') };
}

async function overview(server: Server): Promise<string> {
  const cookie = await signedIn(server);
  const answer = await fetch(server.address, { headers: { cookie, 'accept-language': 'en' } });
  return answer.text();
}
