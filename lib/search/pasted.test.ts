import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { listInvoices } from '@/lib/invoices/queries';
import { openShop, post, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import { accessOf } from '@/lib/staff/access.testing';
import { search } from './find';

const owner = accessOf({ staffId: '0b9f3c1e-0000-4000-8000-000000000001' });
const { filter } = invoiceList.read({}, { zone: 'UTC', providers: [], projects: [] });

const HASH = '9f3ab1c2d4e5f60718293a4b5c6d7e8f9f3ab1c2d4e5f60718293a4b5c6d7e8f';
const COIN = 'PSTE7K2Q';
const SESSION = '0d6a7c1e-5b1f-4c1a-9d7e-2f9f6f0b7a11';

/** What people paste, and which of the two invoices it is about. */
const PASTED: readonly (readonly [what: string, texts: readonly string[], found: 'coin' | 'parcel'])[] = [
  [
    'an order with words and punctuation around it',
    [
      'Order #77863029',
      '77863029.',
      '"77863029"',
      '«77863029»',
      'замовлення №77863029',
      'Заказ: 77863029!',
      'order#77863029',
      'Доброго дня, де замовлення 77863029? Дякую',
    ],
    'coin',
  ],
  ['an order with another dash', ['Shop‑12–B', 'shop—12−b', 'SHOP-12-B'], 'parcel'],
  ['an order with what nobody sees', ['77\u200b863029', '\ufeff77863029\u00a0', '\u202a77863029\u202c'], 'coin'],
  [
    'a short order among other words',
    ['my order 44710 please', 'order 44710', 'order-44710', 'order44710', '#44710'],
    'parcel',
  ],
  [
    'a link to a transaction',
    [
      `https://etherscan.io/tx/0x${HASH}`,
      `etherscan.io/tx/0x${HASH}#eventlog`,
      `https://tronscan.org/#/transaction/${HASH}`,
      `Tx: <https://tronscan.org/#/transaction/${HASH}?lang=uk>`,
    ],
    'coin',
  ],
  [
    'a transaction hash as wallets write it',
    [`0x${HASH}`, HASH.toUpperCase(), `txid: ${HASH}`, '0x9f3ab1c2…7e8f', '0x9f3ab1c2...7e8f'],
    'coin',
  ],
  [
    'a link to an invoice',
    [
      `https://pay.cryptocloud.plus/${COIN}`,
      `https://pay.cryptocloud.plus/${COIN}/?lang=uk`,
      `https://pay.cryptocloud.plus/INV-${COIN}`,
      `INV-${COIN}`,
      `"${COIN}"`,
    ],
    'coin',
  ],
  ['a session', [SESSION, SESSION.toUpperCase(), `{${SESSION}}`, `session ${SESSION}`], 'parcel'],
  [
    'a waybill',
    [
      'ТТН 20450000111122',
      'ттн:20450000111122',
      '20 4500 0011 1122',
      'ТТН № 20-4500-0011-1122',
      'https://novaposhta.ua/tracking/?cargo_number=20450000111122',
      'Відправлення 20 4500 0011 1122 у Києві',
    ],
    'parcel',
  ],
  [
    'a phone',
    [
      'тел. 0671112233',
      'тел.0671112233',
      'tel:+380671112233',
      '+38 (067) 111-22-33',
      '+38 067 111‑22‑33',
      'Олена, 067 111 22 33',
      'https://wa.me/380671112233',
      'viber://chat?number=%2B380671112233',
    ],
    'parcel',
  ],
  [
    'an e-mail address',
    [
      'mailto:Olena@Mail.example',
      'mailto:olena@mail.example?subject=Hi',
      'Olena <olena@mail.example>',
      'olena@mail.example.',
    ],
    'parcel',
  ],
  [
    'an amount',
    [
      '1 234,50',
      '1\u00a0234,50',
      '₴1234.50',
      '1,234.50',
      '1.234,50',
      '1234.50 грн',
      'UAH 1 234.50',
      "1'234.50",
      '1234,5',
    ],
    'parcel',
  ],
  [
    'a name with any apostrophe',
    ["Стеф'юк", 'Стефʼюк', 'Стеф’юк', 'Стеф`юк', 'Стеф′юк', 'стефюк', '«Стеф’юк»'],
    'parcel',
  ],
  ['a name in parts, composed or not', ['Стеф’ю', 'Андрій', 'Андрій'.normalize('NFD'), 'андрі'], 'parcel'],
];

eachDatabase(() => {
  describe('what people paste', () => {
    let [coins, parcels]: Shop[] = [];
    beforeAll(async () => {
      [coins, parcels] = [await openShop(), await openShop('novapay')] as const;
      const fields = sample(coins, 'paid');
      const info = { ...(fields.invoice_info as Fields), tx_list: [`0x${HASH}`], order_id: '77863029' };
      await post(coins, { ...fields, invoice_id: COIN, order_id: '77863029', invoice_info: info });
      const parcel = sample(parcels, 'waybill-created');
      const delivery = { ...(parcel.delivery as Fields), express_waybills: ['20450000111122'] };
      const payments = [
        { external_id: 'Shop-12–B', amount: '1234.50' },
        { external_id: '44710', amount: '1.00' },
      ];
      const person = {
        client_last_name: 'Стефʼюк',
        client_first_name: 'Андрій'.normalize('NFD'),
        client_patronymic: '',
      };
      const contact = { client_phone: '+380671112233', client_email: 'olena@mail.example' };
      await post(parcels, { ...parcel, id: SESSION, payments, delivery, ...person, ...contact });
      // What nobody asks for.
      await post(coins, sample(coins, 'paid'));
      await post(parcels, sample(parcels, 'waybill-created'));
    });

    it.each(PASTED)('finds %s', async (_, texts, about) => {
      const expected = about === 'coin' ? COIN : SESSION;
      for (const q of texts) {
        const listed = await listInvoices(owner, { ...filter, q });
        expect(
          listed.rows.map((row) => row.providerInvoiceId),
          `list: ${q}`,
        ).toEqual([expected]);
        const groups = await search(owner, q);
        expect(
          groups.flatMap((group) => group.hits.map((hit) => hit.providerInvoiceId)),
          `box: ${q}`,
        ).toEqual([expected]);
      }
    });

    it.each(['ТТН', '#', '…', 'https://etherscan.io/', 'https://', '%', 'tel:', '1,23,4'])(
      'finds nothing for %s, and does not fail',
      async (q) => {
        expect((await listInvoices(owner, { ...filter, q })).rows).toEqual([]);
        expect(await search(owner, q)).toEqual([]);
      },
    );
  });
});
