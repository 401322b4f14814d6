import { randomFrom } from '@/lib/fold/random.testing';
import type { Fields } from '@/lib/providers/provider';
import { runScript } from '../../e2e/process';
import type { Told, ToldPostback, ToTell } from '../crash-messages';
import { readJournal } from '../journal';
import { type Row, type Scale, type Seen, together } from '../row';
import { type Kind, onScene, type Scene } from '../scene';
import { type Postback, sampleOf, signNow, toPostback } from '../stories';

const MOST_IN_SHORT = 3;

/** The process dies at each step of one write that does everything a write can do. */
export const crash: Row = {
  name: 'crash',
  fault: 'a crash at every await of the write',
  run: async (scale) => {
    const onPostgres = await crashOn('PostgreSQL', scale);
    return scale.short ? onPostgres : together([onPostgres, await crashOn('embedded', scale)]);
  },
};

function crashOn(kind: Kind, { short, seed }: Scale): Promise<Seen> {
  return onScene(kind, seed, async (scene): Promise<Seen> => {
    const teller = new Teller(scene);
    const calls = (await teller.tell(null))?.calls ?? 0;
    const points = Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) => [
      { at, side: 'before' as const },
      { at, side: 'after' as const },
    ]);
    const chosen = short ? randomFrom(seed).shuffle(points).slice(0, MOST_IN_SHORT) : points;
    let survived = 0;
    for (const point of chosen) survived += (await teller.tell(point)) === null ? 0 : 1;
    await teller.tell(null);
    const verdict = await scene.ask();
    return {
      figures: `${kind}: ${chosen.length} of ${points.length} places, ${verdict.acknowledged} acknowledged, ${verdict.invoices} invoices, ${verdict.replayed} replayed`,
      broken: [
        ...verdict.broken,
        ...teller.wrong,
        ...(calls === 0 ? ['the write ran no statement'] : []),
        ...(survived > 0 ? [`${survived} processes did not die where they should`] : []),
      ],
      late: [],
    };
  });
}

/** Each process first tells again what the one before it did not get an answer to, as a provider does. */
class Teller {
  readonly wrong: string[] = [];
  private round = 0;
  private unsure: readonly Postback[] = [];

  constructor(private readonly scene: Scene) {}

  async tell(crash: ToTell['crash']): Promise<Told | null> {
    this.round += 1;
    const { known, all, refused } = await this.postbacks();
    const { journal } = this.scene;
    const before = readJournal(journal.path);
    const first = [...this.unsure, known];
    const toTell: ToTell = {
      journal: journal.path,
      first: await Promise.all(first.map((postback) => this.signed(postback))),
      together: [...(await Promise.all(all.map((postback) => this.signed(postback)))), ...refused],
      crash,
    };
    const { code, stdout, stderr } = await runScript(
      'faults/crash-process.ts',
      [],
      this.scene.settings,
      JSON.stringify(toTell),
    );
    const after = readJournal(journal.path);
    this.unsure = all.filter(({ content }) => (after.get(content) ?? 0) === (before.get(content) ?? 0));
    if (code === null) return null;
    if (code !== 0) throw new Error(stderr);
    const told: Told = JSON.parse(stdout);
    const answered = told.statuses.join(' ');
    const expected = [...[...first, ...all].map(() => 200), ...REFUSED.map(({ status }) => status)].join(' ');
    if (answered !== expected) this.wrong.push(`answered ${answered} instead of ${expected}`);
    return told;
  }

  private async signed(postback: Postback): Promise<ToldPostback> {
    const { content } = postback;
    this.scene.sent.set(content, (this.scene.sent.get(content) ?? 0) + 1);
    return { ...(await wire(postback)), content };
  }

  /** A new invoice told twice, a known one moved on and told again, a contradiction, and three that are refused. */
  private async postbacks(): Promise<{ known: Postback; all: readonly Postback[]; refused: readonly ToldPostback[] }> {
    const { shop, expected } = this.scene;
    const [fresh, old] = [`NEW${this.round}`, `OLD${this.round}`];
    for (const invoice of [fresh, old]) {
      expected.push({ project: shop.id, invoice, transaction: 'payment 24.61 USDT_TRC20' });
    }
    const { invoice_info: _, ...paid } = sampleOf(shop, 'paid');
    const make = (invoice: string, more: Fields, slot: number): Promise<Postback> =>
      toPostback(shop, { ...paid, order_id: 'A-1', invoice_id: invoice, ...more }, invoice, slot);
    const known = await make(old, {}, 0);
    const first = await make(fresh, {}, 0);
    const contradicting = await make(old, { amount_crypto: '99' }, 1);
    const moved = await make(old, { invoice_info: sampleOf(shop, 'paid').invoice_info ?? null }, 2);
    const all = [first, first, known, moved, contradicting];
    const genuine = await wire(first);
    const refused = REFUSED.map(({ body }) => ({
      ...genuine,
      body: Buffer.from(body).toString('base64'),
      content: null,
    }));
    return { known, all, refused };
  }
}

const REFUSED = [
  { body: '{"status":"success","invoice_id":"X","amount_crypto":"1","token":"a.b.c"}', status: 401 },
  { body: '{"status":', status: 400 },
] as const;

async function wire(postback: Postback): Promise<Omit<ToldPostback, 'content'>> {
  const { path, headers = {}, body = '' } = await signNow(postback);
  return { path, headers, body: Buffer.from(body).toString('base64') };
}
