import { isFields } from '@/lib/body';
import { add, subtract } from '@/lib/money';
import type { Fields } from '@/lib/providers/provider';
import { toInstant } from '@/lib/time';
import { fromCents, toCoin } from './cents';
import { type Coin, pickCoin, walletOf } from './coins';
import type { Dice } from './dice';
import { person } from './people';
import { after, HOUR, MINUTE } from './posting';
import { sampleOf } from './sample';
import type { Shop } from './shops';

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** What the shop asked for. */
export interface CryptoInvoice {
  readonly id: string;
  readonly order: string | null;
  readonly coin: Coin;
  readonly dueCents: number;
  readonly address: string;
  readonly email: string | null;
  readonly createdAt: Date;
}

/** What a postback says has come. */
export interface Told {
  readonly status: 'created' | 'paid' | 'partial' | 'overpaid' | 'canceled';
  readonly paidCents: number;
  readonly hashes: readonly string[];
  readonly at: Date;
  readonly test?: boolean;
}

export function cryptoInvoice(dice: Dice, shop: Shop, createdAt: Date, idLength = 8): CryptoInvoice {
  const coin = pickCoin(dice);
  const product = dice.pick(shop.products);
  return {
    id: dice.text(idLength, ID_ALPHABET),
    order: dice.chance(0.03) ? null : `${shop.orderPrefix}${dice.digits(5)}`,
    coin,
    dueCents:
      product.cents *
      dice.weighted([
        [80, 1],
        [15, 2],
        [5, 3],
      ]),
    address: walletOf(dice, coin),
    email: dice.chance(0.4) ? person(dice, shop.people).email : null,
    createdAt,
  };
}

/** The body that this shop's provider sends: six flat fields, and the details where its API has them. */
export function cryptoBody(shop: Shop, invoice: CryptoInvoice, told: Told): Fields {
  const sample = sampleOf(shop.provider, 'paid', told.at);
  const flat = {
    ...sample,
    invoice_id: invoice.id,
    amount_crypto: inCoin(invoice, told.paidCents),
    currency: invoice.coin.fullcode,
    order_id: invoice.order,
  };
  const details = sample.invoice_info;
  if (!isFields(details)) return flat;
  return { ...flat, invoice_info: { ...details, ...detailsOf(shop, invoice, told) } };
}

function detailsOf(shop: Shop, invoice: CryptoInvoice, told: Told): Fields {
  return {
    uuid: `INV-${invoice.id}`,
    created: wireTime(invoice.createdAt),
    date_finished: wireTime(after(told.at, -MINUTE / 2)),
    expiry_date: wireTime(after(invoice.createdAt, 24 * HOUR)),
    address: invoice.address,
    currency: currencyOf(invoice.coin),
    ...(invoice.email === null ? {} : { email: invoice.email }),
    ...moneyOf(invoice, told),
    status: told.status,
    test_mode: told.test ?? false,
    tx_list: told.hashes,
    project: {
      id: '7',
      name: shop.name,
      fail: 'https://shop.example/failed',
      success: 'https://shop.example/thanks',
      logo: '',
    },
  };
}

function currencyOf(coin: Coin): Fields {
  return {
    id: '4',
    code: coin.code,
    fullcode: coin.fullcode,
    network: {
      code: coin.network,
      id: '4',
      icon: `https://cdn.example/network/${coin.network}.svg`,
      fullname: coin.networkName,
    },
    name: coin.name,
    is_email_required: false,
    stablecoin: coin.price === 100,
    order: '1',
  };
}

function moneyOf(invoice: CryptoInvoice, told: Told): Fields {
  const due = inCoin(invoice, invoice.dueCents);
  const paid = told.hashes.length === 0 ? '0' : inCoin(invoice, told.paidCents);
  const paidUsd = told.hashes.length === 0 ? '0' : fromCents(told.paidCents);
  const feeCents = Math.round(told.paidCents * 0.019);
  const fee = toCoin(feeCents, invoice.coin.price, invoice.coin.decimals);
  const usd = fromCents(invoice.dueCents);
  return {
    amount: due,
    amount_: due,
    amount_in_fiat: usd,
    amount_usd: usd,
    amount_to_pay: due,
    amount_to_pay_usd: usd,
    amount_paid: paid,
    amount_paid_usd: paidUsd,
    service_fee: fee,
    service_fee_usd: fromCents(feeCents),
    received: paid === '0' ? '0' : subtract(paid, fee),
    received_usd: paid === '0' ? '0' : subtract(paidUsd, fromCents(feeCents)),
    fee: '0',
    fee_usd: '0',
  };
}

function inCoin({ coin }: CryptoInvoice, cents: number): string {
  return toCoin(cents, coin.price, coin.decimals);
}

/** Microseconds and no zone, as Python prints it. */
function wireTime(time: Date): string {
  return toInstant(time).replace('T', ' ').replace('Z', '');
}

/** A body after the fact: one unit more than was said before. */
export function withOneMore(fields: Fields): Fields {
  return { ...fields, amount_crypto: add(String(fields.amount_crypto), '1') };
}
