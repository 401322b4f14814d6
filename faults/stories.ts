import { randomUUID } from 'node:crypto';
import { canonicalContent } from '@/lib/body';
import { sha256Hex } from '@/lib/crypto';
import { type Random, randomFrom } from '@/lib/fold/random.testing';
import type { Fields } from '@/lib/providers/provider';
import type { Shop } from '../e2e/deployment';
import type { Outgoing } from '../e2e/http';

/** One thing that a provider has to say, sent until it was heard. */
export interface Postback {
  readonly shop: Shop;
  readonly fields: Fields;
  /** The provider's id of the invoice. */
  readonly invoice: string;
  /** By which journal and ledger know what it says. */
  readonly content: string;
  /** Which of its invoice's postbacks it is. */
  readonly slot: number;
}

/** What must be believed in the end. */
export interface Expected {
  readonly project: string;
  readonly invoice: string;
  /** `payment 24.61 USDT_TRC20` */
  readonly transaction: string;
}

export interface Story {
  readonly expected: Expected;
  /** In any order, any of them more than once. */
  readonly postbacks: readonly Postback[];
}

/** The project and the digest of one content, however it was spelled; the ledger keys it (`keyed-contents.ts`). */
export function contentOf({ id, provider }: Shop, fields: Fields, grade?: string): string {
  const signed = grade ?? (provider.credential === 'secret' ? 'jwt' : 'rsa');
  return `${id} ${sha256Hex(`event ${id} live ${signed} ${canonicalContent(fields, ['token'])}`)}`;
}

/** So many postbacks of one invoice at most. */
const SLOTS = 4;

/**
 * As its provider sends it now: another token at each try. A token says nothing but invoice and second, and one that
 * comes with two contents is refused: each postback of an invoice has its own seconds, for none lie minutes apart here.
 */
export async function signNow({ shop, fields, slot }: Postback): Promise<Outgoing> {
  const round = Math.floor(Date.now() / 1000 / SLOTS) - 1;
  const now = new Date((round * SLOTS + slot) * 1000);
  const { body, headers } = await shop.provider.sign(fields, shop.key, { now });
  return { path: shop.path, body, headers };
}

/** Endless invoices of these shops, each told in one to three postbacks. */
export class Stories {
  private readonly random: Random;
  private made = 0;

  constructor(
    private readonly shops: readonly Shop[],
    seed: number,
  ) {
    this.random = randomFrom(seed);
  }

  async next(): Promise<Story> {
    const [first] = this.shops;
    if (!first) throw new Error('There is no shop.');
    const shop = this.random.pick([first, ...this.shops.slice(1)]);
    this.made += 1;
    return shop.provider.id === 'novapay' ? this.session(shop) : this.crypto(shop);
  }

  private async crypto(shop: Shop): Promise<Story> {
    const invoice = `F${String(this.made).padStart(7, '0')}`;
    const amount = `${1 + this.random.int(5_000)}.${10 + this.random.int(89)}`;
    const sample = sampleOf(shop, 'paid');
    const own = { invoice_id: invoice, order_id: `ORDER-${this.made}`, amount_crypto: amount };
    const details = { ...(sample.invoice_info as Fields), uuid: `INV-${invoice}` };
    const paid = { ...sample, ...own, invoice_info: details };
    const created = { ...paid, invoice_info: { ...details, status: 'created', tx_list: [], date_finished: null } };
    return this.told(shop, invoice, `payment ${amount} USDT_TRC20`, [
      paid,
      ...(this.random.chance(0.3) ? [created] : []),
    ]);
  }

  private async session(shop: Shop): Promise<Story> {
    const invoice = randomUUID();
    const hundredths = String(10 + this.random.int(89));
    const amount = `${1 + this.random.int(5_000)}.${hundredths}`;
    const paid: Fields = {
      ...sampleOf(shop, 'paid'),
      id: invoice,
      external_id: `ORDER-${this.made}`,
      amount,
      products: [],
    };
    const waybills = [`2040${String(this.made).padStart(10, '0')}`];
    const sent = { ...paid, delivery: { ...(paid.delivery as Fields), express_waybills: waybills } };
    return this.told(shop, invoice, `payment ${amount} UAH`, [paid, ...(this.random.chance(0.5) ? [sent] : [])]);
  }

  /** A fifth of them come twice, as from a provider that did not hear the answer. */
  private async told(shop: Shop, invoice: string, transaction: string, bodies: readonly Fields[]): Promise<Story> {
    const postbacks = await Promise.all(bodies.map((fields, slot) => toPostback(shop, fields, invoice, slot)));
    const repeated = this.random.some(postbacks, 0.2);
    const expected = { project: shop.id, invoice, transaction };
    return { expected, postbacks: this.random.shuffle([...postbacks, ...repeated]) };
  }
}

export function sampleOf(shop: Shop, name: string): Fields {
  const sample = shop.provider.samples.find((each) => each.name === name);
  if (!sample) throw new Error(`${shop.provider.id} has no sample ${name}`);
  return sample.build(new Date());
}

/** Its content is taken from the bytes, as the ledger will. */
export async function toPostback(shop: Shop, fields: Fields, invoice: string, slot = 0): Promise<Postback> {
  const { body } = await shop.provider.sign(fields, shop.key, { now: new Date() });
  const decoded = shop.provider.decode(body);
  if (!decoded.ok) throw new Error(`A genuine body is unreadable: ${decoded.detail}`);
  return { shop, fields, invoice, slot, content: contentOf(shop, decoded.fields) };
}
