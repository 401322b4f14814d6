import { PROVIDERS } from '@/lib/providers';

/** The merchants of the demo. Every name, address and number is made up; the domains are reserved for examples. */

export interface Product {
  readonly name: string;
  /** US cents, or kopiykas at NovaPay. */
  readonly cents: number;
}

export interface Shop {
  /** The project's name. */
  readonly name: string;
  readonly provider: string;
  readonly orderPrefix: string;
  /** Whose names its customers bear. */
  readonly people: 'en' | 'pt' | 'uk';
  /** Hours from UTC, for the rhythm of its day. */
  readonly offset: number;
  /** Its part of all orders. */
  readonly weight: number;
  readonly products: readonly Product[];
}

const SHOPS: readonly Shop[] = [
  {
    name: 'Northlight Hosting',
    provider: 'cryptocloud',
    orderPrefix: 'NL-',
    people: 'en',
    offset: 0,
    weight: 34,
    products: [
      { name: 'Virtual server S, a month', cents: 590 },
      { name: 'Virtual server M, a month', cents: 1_190 },
      { name: 'Virtual server L, a quarter', cents: 7_490 },
      { name: 'Dedicated server, a month', cents: 14_900 },
      { name: 'Domain, a year', cents: 1_350 },
      { name: 'Backup storage 1 TB', cents: 2_461 },
    ],
  },
  {
    name: 'Pixel Keys (old API)',
    provider: 'cryptocloud-v1',
    orderPrefix: '',
    people: 'en',
    offset: 1,
    weight: 18,
    products: [
      { name: 'Game key', cents: 1_999 },
      { name: 'Game key, deluxe', cents: 4_999 },
      { name: 'Gift card 25', cents: 2_500 },
      { name: 'Season pass', cents: 3_499 },
    ],
  },
  {
    name: 'Café Serra',
    provider: 'trybit',
    orderPrefix: 'CS-',
    people: 'pt',
    offset: 0,
    weight: 22,
    products: [
      { name: 'Café em grão 1 kg', cents: 2_850 },
      { name: 'Café moído 250 g', cents: 890 },
      { name: 'Assinatura mensal', cents: 3_900 },
      { name: 'Moinho manual', cents: 6_450 },
      { name: 'Caneca de barro', cents: 1_400 },
    ],
  },
  {
    name: 'Затишок',
    provider: 'novapay',
    orderPrefix: 'ZT-',
    people: 'uk',
    offset: 2,
    weight: 13,
    products: [
      { name: 'Плед вовняний 140×200', cents: 189_000 },
      { name: 'Горнятко керамічне', cents: 34_500 },
      { name: 'Ложка дерев’яна', cents: 12_000 },
      { name: 'Рушник лляний', cents: 46_000 },
      { name: 'Свічка соєва «Ліс»', cents: 38_900 },
      { name: 'Набір постільної білизни', cents: 264_900 },
      { name: 'Кошик плетений', cents: 71_500 },
      { name: 'Подарункова листівка', cents: 6_000 },
    ],
  },
];

/** One for every provider, also for one that nobody wrote a shop for. */
export function allShops(): readonly Shop[] {
  const others = PROVIDERS.filter(({ id }) => !SHOPS.some((shop) => shop.provider === id));
  return [...SHOPS, ...others.map(({ id, label }) => plainShop(id, label))];
}

function plainShop(provider: string, label: string): Shop {
  const products = [{ name: 'Order', cents: 2_461 }];
  return { name: `${label} shop`, provider, orderPrefix: 'A-', people: 'en', offset: 0, weight: 5, products };
}
