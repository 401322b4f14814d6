import type { Fields } from '@/lib/providers/provider';
import { fromCents } from './cents';
import type { Dice } from './dice';
import { type Person, person } from './people';
import { HOUR, type Posting } from './posting';
import { sampleOf } from './sample';
import type { Product, Shop } from './shops';

export interface Line {
  readonly product: Product;
  readonly count: number;
}

/** One order of the shop and the payment session made for it. */
export interface Session {
  readonly id: string;
  readonly order: string | null;
  readonly createdAt: Date;
  readonly client: Person;
  readonly recipient: Person;
  readonly lines: readonly Line[];
  readonly paytype: string;
  readonly city: string;
  readonly warehouse: string;
  readonly shipped: boolean;
}

const PAYTYPES: readonly (readonly [number, string])[] = [
  [44, 'card'],
  [18, 'applepay'],
  [10, 'apple_pay'],
  [14, 'googlepay'],
  [6, 'google_pay'],
  [8, 'wallet'],
];

const BANKS = ['ПриватБанк', 'monobank', 'Ощадбанк', 'ПУМБ', 'Райффайзен Банк'];

export function session(dice: Dice, shop: Shop, createdAt: Date, change: Partial<Session> = {}): Session {
  const client = person(dice, shop.people);
  return {
    id: dice.uuid(),
    order: dice.chance(0.04) ? null : `${shop.orderPrefix}${dice.digits(5)}`,
    createdAt,
    client,
    // A present goes to somebody else.
    recipient: dice.chance(0.25) ? person(dice, shop.people) : client,
    lines: linesOf(dice, shop),
    paytype: dice.weighted(PAYTYPES),
    city: dice.uuid(),
    warehouse: dice.uuid(),
    shipped: true,
    ...change,
  };
}

function linesOf(dice: Dice, shop: Shop): readonly Line[] {
  const kinds = dice.weighted([
    [60, 1],
    [28, 2],
    [12, 3],
  ]);
  const products = new Set(Array.from({ length: kinds }, () => dice.pick(shop.products)));
  return [...products].map((product) => ({
    product,
    count: dice.weighted([
      [75, 1],
      [18, 2],
      [7, 4],
    ]),
  }));
}

export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { product, count }) => sum + product.cents * count, 0);
}

/** What the provider says of a session at `at`; `parcel` are further fields of `delivery`, `top` of the body. */
export function say(of: Session, status: string, at: Date, parcel: Fields = {}, top: Fields = {}): Posting {
  const { delivery: _, products: __, ...sample } = sampleOf('novapay', 'paid', at);
  const fields: Fields = {
    ...sample,
    id: of.id,
    status,
    paytype: of.paytype,
    created_at: kyivTime(of.createdAt),
    metadata: { source: 'site', marketing_block_uk: 'Сплачуйте карткою.', marketing_block_en: 'Pay by card.' },
    client_first_name: of.client.first,
    client_last_name: of.client.last,
    client_patronymic: of.client.patronymic,
    client_phone: of.client.phone,
    external_id: of.order,
    amount: fromCents(totalOf(of.lines)),
    ...(of.shipped ? { delivery: { ...parcel, ...recipientOf(of) } } : {}),
    products: productsOf(of.lines),
    ...top,
  };
  return { at, fields };
}

export function productsOf(lines: readonly Line[]): readonly Fields[] {
  return lines.map(({ product, count }, index) => ({
    count: String(count),
    image: `https://shop.example/products/${index + 1}.jpg`,
    price: fromCents(product.cents),
    description: product.name,
  }));
}

function recipientOf({ recipient, city, warehouse }: Session): Fields {
  return {
    recipient_city: city,
    recipient_warehouse: warehouse,
    recipient_phone: recipient.phone,
    recipient_last_name: recipient.last,
    recipient_first_name: recipient.first,
    recipient_patronymic: recipient.patronymic,
  };
}

/** What newer postbacks add about the card. */
export function cardOf(dice: Dice, of: Session): Fields {
  return {
    terminal_name: 'NP-CHECKOUT-01',
    RRN: dice.digits(12),
    APPROVAL: dice.digits(6),
    client_email: of.client.email,
    client_ip: `203.0.113.${dice.between(1, 254)}`,
    processing_result: 'Approved',
    card_details: {
      pan: `${dice.pick(['444455', '537541', '516875'])}******${dice.digits(4)}`,
      card_bank: dice.pick(BANKS),
      card_country: 'UA',
      card_type: dice.pick(['VISA', 'MASTERCARD']),
    },
  };
}

/** The provider writes an offset; winter time will do. */
function kyivTime(time: Date): string {
  return new Date(time.getTime() + 2 * HOUR).toISOString().replace('Z', '+02:00');
}
