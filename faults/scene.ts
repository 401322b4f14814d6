import { join } from 'node:path';
import pg from 'pg';
import type { Shop } from '../e2e/deployment';
import type { Settings } from '../e2e/process';
import { type Server, startServer } from '../e2e/server';
import { embedded, type OnPostgres, onPostgres, type Ready, temporaryFolder } from './deployments';
import { Journal } from './journal';
import { Lines } from './lines';
import { Load } from './load';
import { askOracle } from './oracle';
import type { Verdict } from './oracle-messages';
import { type Expected, type Postback, Stories, sampleOf, signNow, toPostback } from './stories';
import { until } from './until';

/** Those that have not come to their end. */
const open = new Set<{ end(): Promise<void> }>();

/** What a row that hangs has left running would be in the way of the next. */
export async function endScenes(): Promise<void> {
  for (const scene of open) await scene.end().catch(() => {});
}

export type Kind = 'embedded' | 'PostgreSQL';

/** A deployment, and what was sent to it and promised to its providers. */
export class Scene<Made extends Ready = Ready> {
  readonly journal = new Journal(join(temporaryFolder(), 'journal'));
  readonly stories: Stories;
  /** How often each content was sent. */
  readonly sent = new Map<string, number>();
  readonly expected: Expected[] = [];
  private readonly ends: (() => Promise<unknown> | unknown)[] = [() => this.journal.close()];

  constructor(
    readonly deployment: Made,
    seed: number,
  ) {
    this.stories = new Stories(deployment.shops, seed);
  }

  get settings(): Settings {
    return this.deployment.settings;
  }

  /** The first project, which is paid in coins. */
  get shop(): Shop {
    const [first] = this.deployment.shops;
    if (!first) throw new Error('There is no project.');
    return first;
  }

  /** The product's server without the preparations before it. */
  async serve(settings: Settings = {}, port?: number): Promise<Server> {
    const server = await startServer({ ...this.settings, ...settings }, 'bare', port);
    this.atEnd(() => server.kill());
    return server;
  }

  /** As `npm start` runs it, with the preparations and the signals. */
  async start(settings: Settings = {}, port?: number): Promise<Server> {
    const server = await startServer({ ...this.settings, ...settings }, 'server', port);
    this.atEnd(() => server.kill());
    return server;
  }

  load(port: () => number, perSecond: number): Load {
    const load = new Load(this, port, perSecond);
    this.atEnd(() => load.stop());
    return load;
  }

  /** One postback of an invoice of this id, which says that it was paid. */
  payment(invoice: string): Promise<Postback> {
    const { invoice_info: _, ...fields } = sampleOf(this.shop, 'paid');
    return toPostback(this.shop, { ...fields, order_id: invoice, invoice_id: invoice }, invoice);
  }

  /** Looks behind the product, while PostgreSQL has it. */
  async query<Found extends pg.QueryResultRow>(text: string, values: readonly string[] = []): Promise<Found[]> {
    const client = new pg.Client({ connectionString: this.settings.DATABASE_URL });
    await client.connect();
    try {
      return (await client.query<Found>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Sends one postback once; an answer of 200 is in the journal. */
  async post(lines: Lines, postback: Postback): Promise<number> {
    const { content } = postback;
    this.sent.set(content, (this.sent.get(content) ?? 0) + 1);
    const status = await lines.send(await signNow(postback));
    if (status === 200) await this.journal.add(content);
    return status;
  }

  /** Until a postback is answered with 200. */
  async untilServed(port: number): Promise<void> {
    const fields = sampleOf(this.shop, 'paid');
    const postback = await toPostback(this.shop, fields, String(fields.invoice_id));
    const lines = new Lines(() => port);
    await until('the first answer', async () => (await this.post(lines, postback)) === 200);
    lines.close();
  }

  /** Whether everything promised is there, and once; asked when no server has the database. */
  ask(): Promise<Verdict> {
    const { journal, expected } = this;
    return askOracle(this.settings, { journal: journal.path, sent: Object.fromEntries(this.sent), expected });
  }

  atEnd(end: () => Promise<unknown> | unknown): void {
    this.ends.push(end);
  }

  async end(): Promise<void> {
    open.delete(this);
    for (const end of this.ends.splice(0).reverse()) await end();
    await this.deployment.remove();
  }
}

type Act<Made extends Ready, Result> = (scene: Scene<Made>) => Promise<Result>;

/** A scene on a database of its own, gone afterwards however it ended. */
export async function onScene<Result>(kind: Kind, seed: number, act: Act<Ready, Result>): Promise<Result> {
  return acting<Ready, Result>(kind === 'embedded' ? await embedded() : await onPostgres(), seed, act);
}

export async function onPostgresScene<Result>(seed: number, act: Act<OnPostgres, Result>): Promise<Result> {
  return acting(await onPostgres(), seed, act);
}

export async function acting<Made extends Ready, Result>(
  deployment: Made,
  seed: number,
  act: Act<Made, Result>,
): Promise<Result> {
  const scene = new Scene(deployment, seed);
  open.add(scene);
  const result = await act(scene).catch(async (error: unknown) => {
    // What went wrong first is what is to be read.
    await scene.end().catch(() => {});
    throw error;
  });
  await scene.end();
  return result;
}
