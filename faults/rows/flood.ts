import { setTimeout as wait } from 'node:timers/promises';
import type { Fields } from '@/lib/providers/provider';
import type { Outgoing } from '../../e2e/http';
import type { Server } from '../../e2e/server';
import { HEAVY_BODIES, type HeavyBody } from '../heavy-bodies';
import { Lines } from '../lines';
import { perSecond, type Row, type Scale, type Seen, together } from '../row';
import { type Kind, onScene, type Scene } from '../scene';
import { contentOf, sampleOf, signNow, toPostback } from '../stories';
import { during, until } from '../until';
import { signedIn, watch } from '../watchers';

const BYTES_A_SECOND = 1024 * 1024;
const FORGED_A_SECOND = 60;
const ALTERED_A_SECOND = 30;
const TOO_LARGE = Buffer.alloc(300 * 1024, 'x');
const TOO_LARGE_EVERY_MS = 500;
const UNREAD = 6;
const EXPORT = '/api/exports/transactions.csv';
const MARK_MS = 2_000;
/** What two cores carry beside the flood and the senders. */
const MOST_A_SECOND: Readonly<Record<Kind, number>> = { embedded: 50, PostgreSQL: 100 };
const CALM_MS = { short: 3_000, full: 30_000 };
/** Of the table of answers those that a stranger gets; 0 where the server closes on a body that is too large. */
const ALLOWED = new Set([0, 400, 401, 413, 415]);

/** Whatever strangers and whoever captured a token send at once: genuine postbacks are taken in all the same. */
export const flood: Row = {
  name: 'flood',
  fault: 'a flood of heavy bodies, forged and altered postbacks, bodies too large and unread downloads',
  run: async (scale) => {
    const embedded = await on('embedded', scale);
    return scale.short ? embedded : together([embedded, await on('PostgreSQL', scale)]);
  },
};

function on(kind: Kind, scale: Scale): Promise<Seen> {
  return onScene(kind, scale.seed, async (scene): Promise<Seen> => {
    const server = await scene.serve();
    await scene.untilServed(server.port);
    const strangers = new Strangers(scene, server);
    const load = scene.load(() => server.port, Math.min(MOST_A_SECOND[kind], perSecond(scale)));
    await until('answers of 200', () => load.acknowledged >= 30);
    // The first download loads its code, and the engine compiles what runs often: neither is the flood's doing.
    for (const one of await strangers.openDownloads()) one.close();
    const calmMs = scale.short ? CALM_MS.short : CALM_MS.full;
    await during(calmMs);
    const calm = performance.now();
    await during(calmMs);
    const usual = load.p99(calm, performance.now());
    const from = performance.now();
    await strangers.flood(scale.short ? 5_000 : 60_000);
    const to = performance.now();
    const meanwhile = load.p99(from, to);
    const slowest = load.slowest(from, to);
    await load.settle();
    await server.stop();
    const verdict = await scene.ask();
    const p99 = `p99 ${meanwhile.toFixed(0)} ms beside ${usual.toFixed(0)}, slowest ${slowest.toFixed(0)} ms`;
    return {
      figures: `${kind}: ${strangers.told()}; genuine ones answered ${load.statuses()}, ${p99}`,
      broken: [...verdict.broken, ...load.unexpected([200]), ...strangers.unexpected],
      late: [...(slowest > MARK_MS ? [`${kind}: ${p99}`] : []), ...(meanwhile > 3 * usual ? [`${kind}: ${p99}`] : [])],
    };
  });
}

class Strangers {
  readonly unexpected: string[] = [];
  private readonly lines: Lines;
  private readonly counts = new Map<string, number>();
  private readonly open = new Set<Promise<unknown>>();
  private running = true;

  constructor(
    private readonly scene: Scene,
    private readonly server: Server,
  ) {
    this.lines = new Lines(() => server.port);
  }

  async flood(milliseconds: number): Promise<void> {
    const altered = await this.capture();
    const unread = await this.openDownloads();
    const kinds = [
      this.every(
        (nth) => this.heavy(nth),
        (nth) => heavyBody(nth).body.length / (BYTES_A_SECOND / 1_000),
      ),
      this.every(
        (nth) => this.forged(nth),
        () => 1_000 / FORGED_A_SECOND,
      ),
      this.every(altered, () => 1_000 / ALTERED_A_SECOND),
      this.every(
        (nth) => this.send('too large', { path: this.pathOf(nth), body: TOO_LARGE }),
        () => TOO_LARGE_EVERY_MS,
      ),
    ];
    await during(milliseconds);
    this.running = false;
    await Promise.all(kinds);
    await Promise.all(this.open);
    for (const one of unread) one.close();
    this.lines.close();
  }

  told(): string {
    return [...this.counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  }

  private pathOf(nth: number): string {
    const { shops } = this.scene.deployment;
    return shops[nth % shops.length]?.path ?? '';
  }

  /** One after the other, each as long after the one before it as its kind says; never more than can be answered. */
  private async every(act: (nth: number) => Promise<unknown>, pauseMs: (nth: number) => number): Promise<void> {
    let due = performance.now();
    for (let nth = 0; this.running; nth += 1) {
      const sending: Promise<unknown> = act(nth).finally(() => this.open.delete(sending));
      this.open.add(sending);
      due += pauseMs(nth);
      await wait(Math.max(0, due - performance.now()));
    }
  }

  private async send(kind: string, request: Outgoing, allowed: ReadonlySet<number> = ALLOWED): Promise<number> {
    const status = await this.lines.send(request);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (!allowed.has(status) && this.unexpected.length < 20) this.unexpected.push(`${kind} was answered ${status}`);
    return status;
  }

  private async heavy(nth: number): Promise<void> {
    const { body, headers } = heavyBody(nth);
    await this.send('heavy', { path: this.pathOf(nth), body, headers });
  }

  /** Well formed, and signed with a key of somebody else's. */
  private async forged(nth: number): Promise<void> {
    const { shop } = this.scene;
    const fields = { ...sampleOf(shop, 'paid'), order_id: `NOBODYS-${nth}` };
    const { body, headers } = await shop.provider.sign(fields, 'a key of somebody else, and long enough', {
      now: new Date(),
    });
    await this.send('forged', { path: shop.path, body, headers });
  }

  /** A genuine postback, and then under its token what its signer never said. */
  private async capture(): Promise<(nth: number) => Promise<void>> {
    const { scene } = this;
    const { shop } = scene;
    const fields: Fields = { ...sampleOf(shop, 'paid'), order_id: 'CAPTURED' };
    const genuine = await toPostback(shop, fields, String(fields.invoice_id));
    await scene.post(this.lines, genuine);
    const { body = '', headers } = await signNow(genuine);
    const { token }: { token: string } = JSON.parse(Buffer.from(body).toString());
    await this.send('captured', { path: shop.path, headers, body }, new Set([200]));
    scene.sent.set(genuine.content, 2);
    return async (nth) => {
      const altered = { ...fields, amount_crypto: `${nth + 100}.5`, order_id: `ALTERED-${nth}`, token };
      scene.sent.set(contentOf(shop, altered), 1);
      await this.send('altered', { path: shop.path, headers, body: JSON.stringify(altered) }, new Set([200]));
    };
  }

  async openDownloads(): Promise<readonly { close(): void }[]> {
    const cookie = await signedIn(this.server);
    const opened = await Promise.allSettled(
      Array.from({ length: UNREAD }, () => watch(this.server.port, EXPORT, cookie)),
    );
    return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }
}

/** Large and small ones mixed, and each once before one comes again. */
function heavyBody(nth: number): HeavyBody {
  const body = HEAVY_BODIES[(nth * 43) % HEAVY_BODIES.length];
  if (!body) throw new Error('There are no heavy bodies.');
  return body;
}
