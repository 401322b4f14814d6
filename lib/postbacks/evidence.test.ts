import { describe, expect, it } from 'vitest';
import { sha256Hex } from '@/lib/crypto';
import { everyDriver } from '@/lib/db/testing';
import { minute } from '@/lib/fold/events.testing';
import { signToken } from '@/lib/providers/cryptocloud-family/sign';
import type { Fields, Value } from '@/lib/providers/provider';
import { replay } from './replay';
import {
  after,
  countOf,
  deliver,
  invoicesOf,
  ledger,
  NOON,
  openShop,
  post,
  type Shop,
  sample,
  transactionsOf,
  withToken,
} from './shop.testing';
import { READ } from './statements';

const infoOf = (fields: Fields): Fields => fields.invoice_info as Fields;
const hashesOf = (fields: Fields): readonly Value[] => infoOf(fields).tx_list as readonly Value[];

describe('Evidence is not discarded', () => {
  everyDriver((database) => {
    const outcomes = async (shop: Shop): Promise<readonly unknown[]> =>
      (await ledger(database(), shop)).map((row) => [row.outcome, row.has_body]);

    it('keeps the body of a postback that says more without changing anything', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      await post(shop, fields);
      await post(shop, { ...fields, loyalty_points: '7' }, { now: after(1) });
      await post(shop, { ...fields, loyalty_points: '7' }, { now: after(2) });
      expect(await outcomes(shop)).toEqual([
        ['accepted', true],
        ['accepted', true],
        ['duplicate', false],
      ]);
      const [, more, copy] = await ledger(database(), shop);
      expect(copy?.duplicate_of).toBe(more?.id);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ amount: '24.61', attention: [] }]);
      expect(await transactionsOf(database(), shop)).toHaveLength(1);
      expect(await replay({ projectId: shop.id })).toEqual({ replayed: 2, changed: 0 });
    });

    it('keeps the body of a session that goes back to what it was', async () => {
      const shop = await openShop('novapay');
      const paid = sample(shop, 'card');
      await post(shop, paid);
      await post(shop, { ...paid, status: 'processing' }, { now: after(1) });
      await post(shop, { ...paid, note: 'a field that nobody knows' }, { now: after(2) });
      expect(await outcomes(shop)).toEqual([
        ['accepted', true],
        ['accepted', true],
        ['accepted', true],
      ]);
    });

    describe('A form body', () => {
      const spellings: readonly (readonly [string, (fields: Fields) => Fields])[] = [
        ['with the same six fields', (fields) => fields],
        [
          'with another spelling of the same six',
          (fields) => ({ ...fields, invoice_id: String(fields.invoice_id).replace('INV-', '').toLowerCase() }),
        ],
        ['with `None` where the JSON body has no order', (fields) => ({ ...fields, order_id: 'None' })],
      ];

      it.each(spellings)('%s is a copy of the JSON body', async (_, spelled) => {
        const shop = await openShop();
        const fields = { ...sample(shop, 'paid'), order_id: null };
        await post(shop, fields);
        await post(shop, spelled(fields), { format: 'form', now: after(1) });
        await post(shop, spelled(fields), { format: 'form', now: after(2) });
        const [first, ...copies] = await ledger(database(), shop);
        expect(first).toMatchObject({ outcome: 'accepted', duplicates: 2 });
        for (const copy of copies) {
          expect(copy).toMatchObject({
            outcome: 'duplicate',
            duplicate_of: first?.id,
            has_body: false,
            has_event: false,
          });
        }
        expect(copies).toHaveLength(2);
      });

      it.each([
        ['another amount', '&amount_crypto=24.62', 'contradiction'],
        ['a field more', '&amount_crypto=24.61&campaign=autumn', 'accepted'],
      ])('with %s keeps its body', async (_, more, outcome) => {
        const shop = await openShop();
        const fields = sample(shop, 'paid');
        await post(shop, fields);
        const token = await signToken({ id: fields.invoice_id, exp: NOON.getTime() / 1000 + 301 }, shop.key);
        const form = `status=success&invoice_id=${fields.invoice_id}&currency=${fields.currency}&token=${token}`;
        await deliver(shop, { body: form + more, headers: {} }, { now: after(1) });
        expect(await outcomes(shop)).toEqual([
          ['accepted', true],
          [outcome, true],
        ]);
      });

      it('beside its JSON body in one batch is a copy too', async () => {
        const shop = await openShop();
        const fields = sample(shop, 'paid');
        await Promise.all([post(shop, fields), post(shop, fields, { format: 'form' })]);
        const rows = await ledger(database(), shop);
        // Whichever came first: the form says less, so a JSON body after it is news.
        const expected = rows[0]?.duplicates === 1 ? 'duplicate' : 'accepted';
        expect(rows.map((row) => row.outcome).sort()).toEqual(['accepted', expected].sort());
        expect(await transactionsOf(database(), shop)).toHaveLength(1);
      });
    });

    describe('A body under a token that was used', () => {
      async function twice(first: Fields, second: Fields): Promise<Shop> {
        const shop = await openShop();
        const token = await signToken({ id: first.invoice_id, exp: NOON.getTime() / 1000 + 300 }, shop.key);
        await deliver(shop, withToken(first, token));
        await deliver(shop, withToken(second, token), { now: after(5) });
        return shop;
      }

      it('contradicts where a field that it adds would change what is believed', async () => {
        const full = sample(await openShop(), 'paid');
        const { invoice_info: _, ...flat } = full;
        const shop = await twice(flat, full);
        const rows = await ledger(database(), shop);
        expect(rows.map((row) => row.outcome)).toEqual(['accepted', 'contradiction']);
        expect(rows[1]).toMatchObject({ reason: 'same_token', has_body: true });
        expect(rows[1]?.reason_field).not.toBeNull();
        expect(await invoicesOf(database(), shop)).toMatchObject([
          { test_mode_known: false, attention: ['contradiction'] },
        ]);
        expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
      });

      it.each<[string, (full: Fields) => Fields, string]>([
        ['a field that we do not understand', (full) => ({ ...full, loyalty_points: '7' }), 'loyalty_points'],
        [
          'a field whose name is no text for a database',
          (full) => ({ ...full, [`a\u0000${'b'.repeat(500)}`]: '7' }),
          `a\ufffd${'b'.repeat(198)}`,
        ],
        [
          'checks that the first one has not',
          (full) => ({ ...full, invoice_info: { ...infoOf(full), aml_checks: [{ risk: '0' }] } }),
          'invoice_info.aml_checks.risk',
        ],
        [
          'a further hash',
          (full) => ({ ...full, invoice_info: { ...infoOf(full), tx_list: [...hashesOf(full), 'ab'.repeat(32)] } }),
          'tx_list',
        ],
        ['test money', (full) => ({ ...full, invoice_info: { ...infoOf(full), test_mode: true } }), 'test_mode'],
        ['another order', (full) => ({ ...full, order_id: 'ORDER-1' }), 'order_id'],
        ['an e-mail', (full) => ({ ...full, email: 'a@b.example' }), 'client_email'],
      ])('contradicts with %s', async (_, alter, field) => {
        const full = sample(await openShop(), 'paid');
        const shop = await twice(full, alter(full));
        expect(await ledger(database(), shop)).toMatchObject([
          { outcome: 'accepted' },
          { outcome: 'contradiction', reason: 'same_token', reason_field: field, has_body: true },
        ]);
        expect(await transactionsOf(database(), shop)).toEqual([{ kind: 'payment', amount: '24.61' }]);
        expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
      });

      it('may say the same in another spelling, or less', async () => {
        const full = sample(await openShop(), 'paid');
        const { invoice_info: _, ...flat } = full;
        const pairs = [
          [full, flat],
          [{ ...full, amount_crypto: '24.610' }, full],
        ] as const;
        for (const [first, second] of pairs) {
          const shop = await twice(first, second);
          expect(await ledger(database(), shop)).toMatchObject([
            { outcome: 'accepted' },
            { outcome: 'accepted', reason_field: null },
          ]);
          expect(await invoicesOf(database(), shop)).toMatchObject([{ attention: [] }]);
        }
      });

      it('is judged by what is believed, not only by what came first under it', async () => {
        const shop = await openShop();
        const full = sample(shop, 'paid');
        const { invoice_info: _, ...flat } = full;
        const [first, later] = await Promise.all(
          [300, 301].map((exp) => signToken({ id: full.invoice_id, exp: NOON.getTime() / 1000 + exp }, shop.key)),
        );
        await deliver(shop, withToken(flat, first ?? ''));
        await deliver(shop, withToken(full, later ?? ''), { now: after(1) });
        await deliver(shop, withToken({ ...full, order_id: 'ORDER-1' }, first ?? ''), { now: after(2) });
        expect((await ledger(database(), shop)).map((row) => row.outcome)).toEqual([
          'accepted',
          'accepted',
          'contradiction',
        ]);
      });

      it('makes twenty rows an hour, and then only counts', async () => {
        const shop = await openShop();
        const full = sample(shop, 'paid');
        const token = await signToken({ id: full.invoice_id, exp: NOON.getTime() / 1000 + 9_000 }, shop.key);
        const send = (fields: Fields, seconds: number) =>
          deliver(shop, withToken(fields, token), { now: after(seconds) });
        for (let nth = 0; nth < 24; nth += 1) await send(nth ? { ...full, order_id: `ORDER-${nth}` } : full, nth);
        expect(await ledger(database(), shop)).toHaveLength(20);
        expect(await countOf(database(), shop, 'over_limit')).toBe(4);
        for (let nth = 0; nth < 3; nth += 1) expect((await send(full, 30 + nth)).status).toBe(200);
        expect(await ledger(database(), shop)).toHaveLength(20);
        expect((await ledger(database(), shop))[0]).toMatchObject({ duplicates: 3 });
        await send({ ...full, order_id: 'ORDER-99' }, 3_700);
        expect(await ledger(database(), shop)).toHaveLength(21);
        // Another token has room of its own.
        await post(shop, { ...full, loyalty_points: '1' }, { now: after(60) });
        expect(await ledger(database(), shop)).toHaveLength(22);
      });

      it('is read back once, however many came under it', async () => {
        const shop = await openShop();
        const full = sample(shop, 'paid');
        const token = await signToken({ id: full.invoice_id, exp: NOON.getTime() / 1000 + 300 }, shop.key);
        const finds = async (): Promise<number> => {
          const [row] = await ledger(database(), shop);
          const hash = `\\x${sha256Hex(token)}`;
          const found = await database().run<{ kind: string }>(READ, [
            [],
            [],
            [hash],
            [row?.invoice_id ?? ''],
            [minute(0)],
            [],
            [],
            [],
          ]);
          return found.filter(({ kind }) => kind === 'token').length;
        };
        await deliver(shop, withToken(full, token));
        expect(await finds()).toBe(1);
        for (let nth = 1; nth < 10; nth += 1) {
          await deliver(shop, withToken({ ...full, order_id: `ORDER-${nth}` }, token), { now: after(nth) });
        }
        expect(await finds()).toBe(1);
      });
    });
  });
});
