import { type Random, randomFrom } from '@/lib/fold/random.testing';
import type { Shop } from '../../e2e/deployment';
import type { Outgoing } from '../../e2e/http';
import { Lines } from '../lines';
import { type Genuine, isAuthentic, mutated } from '../mutations';
import type { Row, Scale, Seen } from '../row';
import { onPostgresScene, type Scene } from '../scene';
import { contentOf, sampleOf } from '../stories';
import { isAlive } from './restarts';

const SENDERS = 16;
/** Of the table of answers, those that a body can lead to while the database is well. */
const ALLOWED = new Set([200, 400, 401, 413, 415]);
/** Each is the ground of many mutants. */
const GENUINE = 40;

/** Bodies as no provider would send them, made from such as one would. */
export const mutants: Row = {
  name: 'mutants',
  fault: 'mutated bodies',
  run: async ({ short, seed }: Scale): Promise<Seen> =>
    onPostgresScene(seed, async (scene): Promise<Seen> => {
      const count = short ? 2_000 : 100_000;
      const server = await scene.serve();
      await scene.untilServed(server.port);
      const ground = await genuineOnes(scene);
      const statuses = new Map<number, number>();
      const broken: string[] = [];
      const lines = new Lines(() => server.port);
      let next = 0;
      const sender = async (): Promise<void> => {
        for (let own = next++; own < count; own = next++) {
          const random = randomFrom(seed + own);
          const from = ground[random.int(ground.length)];
          if (!from) return;
          const body = mutated(random, from);
          const status = await lines.send(unmappedFields(random, from, body));
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (!ALLOWED.has(status)) broken.push(`mutant ${seed + own} was answered ${status || 'by nothing'}`);
          if (status === 200) await accepted(scene, from.shop, body, seed + own, broken);
        }
      };
      await Promise.all(Array.from({ length: SENDERS }, sender));
      lines.close();
      if (!isAlive(server.pid)) broken.push('the app has ended');
      await server.stop();
      const verdict = await scene.ask();
      const words = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${n} × ${status}`);
      return {
        figures: `${count} bodies, answered ${words.join(', ')}, ${verdict.invoices} invoices`,
        broken: [...verdict.broken, ...broken.slice(0, 20), ...(broken.length > 0 ? errorsOf(server.said) : [])],
        late: [],
      };
    }),
};

/** Signed once, so that most mutants come with a token or signature that was genuine. */
async function genuineOnes(scene: Scene): Promise<readonly Genuine[]> {
  const made: Genuine[] = [];
  for (const shop of scene.deployment.shops) {
    for (let index = 0; index < GENUINE; index += 1) {
      const samples = shop.provider.samples;
      const fields = sampleOf(shop, samples[index % samples.length]?.name ?? 'paid');
      const format = shop.provider.credential === 'secret' && index % 3 === 0 ? 'form' : 'json';
      const { body, headers } = await shop.provider.sign(fields, shop.key, { now: new Date(), format });
      made.push({ shop, headers, body: Buffer.from(body), format });
    }
  }
  return made;
}

function unmappedFields(random: Random, { shop, headers }: Genuine, body: Buffer): Outgoing {
  const type = random.chance(0.9)
    ? headers['content-type']
    : random.pick([
        'text/plain',
        'application/json; charset=utf-16',
        'multipart/form-data; boundary=x',
        'text/xml',
        '',
      ]);
  const { 'content-type': _, ...others } = headers;
  return { path: shop.path, headers: { ...others, ...(type ? { 'content-type': type } : {}) }, body };
}

/** An answer of 200 is a promise like any other, and only what the key signed may have one. */
async function accepted(scene: Scene, shop: Shop, body: Buffer, mutant: number, broken: string[]): Promise<void> {
  const decoded = shop.provider.decode(body);
  if (!decoded.ok || !isAuthentic(shop, decoded.fields)) {
    broken.push(`mutant ${mutant} was answered 200 and is not what the key signed`);
    return;
  }
  for (const grade of ['jwt', 'jwt_unbound', 'rsa', 'rsa_legacy']) {
    const content = contentOf(shop, decoded.fields, grade);
    scene.sent.set(content, (scene.sent.get(content) ?? 0) + 1);
  }
}

/** What the server's log says of why, a few lines. */
function errorsOf(said: readonly string[]): readonly string[] {
  return said.filter((line) => line.includes('"level":"error"')).slice(-5);
}
