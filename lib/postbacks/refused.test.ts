import { describe, expect, it } from 'vitest';
import { sha256Hex, timedUuid } from '@/lib/crypto';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { signToken } from '@/lib/providers/cryptocloud-family/sign';
import type { Fields } from '@/lib/providers/provider';
import { toInstant } from '@/lib/time';
import { receive } from './receive';
import { recordRefused } from './refused';
import {
  after,
  countOf,
  deliver,
  invoicesOf,
  ledger,
  NOON,
  openShop,
  post,
  query,
  type Shop,
  sample,
  withToken,
} from './shop.testing';
import type { ReceivedPostback } from './verified-postback';

const text = (body: string | Uint8Array<ArrayBuffer>) => ({ body, headers: { 'content-type': 'application/json' } });

function arrivalAt(now: Date): ReceivedPostback {
  const bytes = new TextEncoder().encode('{}');
  const request = { senderAddress: null, headers: {} };
  return {
    id: timedUuid(now),
    projectId: '',
    receivedAt: toInstant(now),
    bytes,
    contentType: null,
    userAgent: null,
    request,
  };
}

function claimsOf(database: Database, shop: Shop): Promise<unknown> {
  return query(
    database,
    `select outcome, claimed_invoice_id, claimed_order_id, claimed_status, claimed_amount, claimed_currency,
       coalesce(length(claimed_search), 0) as terms from postbacks where project_id = $1::uuid order by received_at`,
    [shop.id],
  );
}

function request(shop: Shop, init: RequestInit): Promise<Response> {
  return receive(new Request(`http://localhost${shop.path}`, init), { now: NOON });
}

describe('What changes no invoice', () => {
  everyDriver((database) => {
    it('keeps a refused postback with its precise reason, and tells the sender nothing but that', async () => {
      const shop = await openShop();
      const answer = await post(shop, sample(shop, 'paid'), { key: 'another key of thirty-six characters' });
      expect(answer).toMatchObject({ status: 401, body: { error: 'Invalid token' } });
      const [row] = await ledger(database(), shop);
      expect(row).toMatchObject({ outcome: 'refused', reason: 'token_wrong_key', answer_status: 401, has_body: true });
      expect(await invoicesOf(database(), shop)).toEqual([]);
    });

    it('keeps what a refused, an incomplete and an unreadable one claim, and what an accepted one says', async () => {
      const shop = await openShop();
      const fields: Fields = { ...sample(shop, 'overpaid'), order_id: 'ORDER-770' };
      const { currency: _, ...incomplete }: Fields = { ...fields, order_id: '63001' };
      await post(shop, fields, { key: 'another key of thirty-six characters' });
      await post(shop, incomplete, { now: after(1) });
      await deliver(shop, text('{"order_id":"B-1","invoice_id":"INV-ab12cd34","amount_crypto":"a lot",}'), {
        now: after(2),
      });
      await post(shop, fields, { now: after(3) });
      await post(shop, fields, { now: after(4) });
      const said = { claimed_status: 'overpaid', claimed_amount: fields.amount_crypto };
      const id = fields.invoice_id;
      expect(await claimsOf(database(), shop)).toMatchObject([
        {
          outcome: 'refused',
          ...said,
          claimed_invoice_id: id,
          claimed_order_id: 'ORDER-770',
          claimed_currency: fields.currency,
        },
        { outcome: 'incomplete', ...said, claimed_invoice_id: id, claimed_order_id: '63001' },
        { outcome: 'unreadable', claimed_invoice_id: 'AB12CD34', claimed_order_id: 'B-1', claimed_amount: 'a lot' },
        { outcome: 'accepted', ...said, claimed_invoice_id: null, claimed_order_id: 'ORDER-770', terms: 0 },
        { outcome: 'duplicate', ...said, claimed_invoice_id: null, claimed_order_id: 'ORDER-770', terms: 0 },
      ]);
      expect(await invoicesOf(database(), shop)).toHaveLength(1);
    });

    it('keeps a hundred refused and unreadable ones an hour, and goes on in the next hour', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      const key = 'another key of thirty-six characters';
      for (let sent = 0; sent < 60; sent += 1) {
        expect((await post(shop, fields, { key, now: after(sent) })).status).toBe(401);
        expect((await deliver(shop, text('{'), { now: after(sent) })).status).toBe(400);
      }
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'refused_over_limit')).toBe(20);
      await post(shop, fields, { key, now: after(3600) });
      expect(await ledger(database(), shop)).toHaveLength(101);
    });

    it('keeps a hundred of many that come at once, counts the rest, and loses none to one that cannot be written', async () => {
      const shop = await openShop();
      const good = Array.from({ length: 130 }, () => deliver(shop, text('{')));
      // A NUL is no character for PostgreSQL.
      const bad = recordRefused({ ...arrivalAt(NOON), projectId: shop.id, contentType: 'a\u0000b' }, shop.provider, {
        outcome: 'refused',
        reason: 'token_wrong_key',
        answerStatus: 401,
        fields: null,
      });
      await expect(bad).rejects.toThrow();
      expect((await Promise.all(good)).filter(({ status }) => status === 400)).toHaveLength(130);
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'refused_over_limit')).toBe(30);
      expect((await ledger(database(), shop)).every((row) => row.has_body)).toBe(true);
      await Promise.all(Array.from({ length: 20 }, () => deliver(shop, text('{'))));
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'refused_over_limit')).toBe(50);
    });

    describe('Beside a flood of made-up ones', () => {
      const key = 'another key of thirty-six characters';
      const flooded = async (): Promise<Shop> => {
        const shop = await openShop();
        await Promise.all(Array.from({ length: 120 }, () => deliver(shop, text('{'))));
        return shop;
      };

      it('those that name an invoice or an order that is there are kept, of each one twenty', async () => {
        const shop = await flooded();
        const known: Fields = { ...sample(shop, 'paid'), order_id: "O'Neil \\ 7" };
        await post(shop, known);
        await post(shop, sample(shop, 'paid'), { key, now: after(1) });
        const before = (await ledger(database(), shop)).length;
        const { invoice_info: _, ...flat } = known;
        await post(shop, flat, { key, now: after(2) });
        await post(shop, { ...flat, invoice_id: 'INV-NOBODYS1' }, { key, now: after(3) });
        await post(shop, { ...flat, invoice_id: 'INV-NOBODYS2', order_id: 'NOBODYS' }, { key, now: after(4) });
        expect(await ledger(database(), shop)).toHaveLength(before + 2);
        for (let nth = 0; nth < 25; nth += 1) await post(shop, flat, { key, now: after(5 + nth) });
        expect(await ledger(database(), shop)).toHaveLength(before + 20);
      });

      it('whoever knows one order fills no more than its rows', async () => {
        const shop = await flooded();
        await post(shop, { ...sample(shop, 'paid'), order_id: 'ORDER-1' });
        await post(shop, sample(shop, 'paid'), { key, now: after(1) });
        const before = (await ledger(database(), shop)).length;
        const spelled = (nth: number) =>
          `${nth % 2 ? 'Or' : 'or'}${nth % 3 ? 'Der' : 'deR'}-1${' '.repeat(nth % 5)}\u200b`;
        const send = (nth: number) =>
          post(shop, { ...sample(shop, 'paid'), order_id: spelled(nth) }, { key, now: after(2 + nth) });
        await Promise.all(Array.from({ length: 15 }, (_, nth) => send(nth)));
        for (let nth = 15; nth < 30; nth += 1) await send(nth);
        expect(await ledger(database(), shop)).toHaveLength(before + 20);
      });

      it('the first of each reason is kept', async () => {
        const shop = await flooded();
        const before = (await ledger(database(), shop)).length;
        const made = sample(shop, 'paid');
        for (let nth = 0; nth < 3; nth += 1) {
          await post(shop, made, { key, now: after(10 + nth) });
          await deliver(shop, text('[]'), { now: after(20 + nth) });
        }
        const rows = await ledger(database(), shop);
        expect(rows).toHaveLength(before + 2);
        expect(rows.slice(before).map(({ reason }) => reason)).toEqual(['token_wrong_key', 'not_an_object']);
      });
    });

    it('keeps 512 KB an hour, and of a large body its first 8 KB and its digest', async () => {
      const shop = await openShop();
      const large = JSON.stringify({ ...sample(shop, 'paid'), token: 'x', note: 'n'.repeat(20_000) });
      for (let nth = 0; nth < 70; nth += 1) await deliver(shop, text(large), { now: after(nth) });
      const rows = await query<{ size: number; body_size: number; body_hash: string; claimed: string }>(
        database(),
        `select length(body) as size, body_size, encode(body_hash, 'hex') as body_hash, claimed_invoice_id as claimed
         from postbacks where project_id = $1::uuid`,
        [shop.id],
      );
      expect(rows.length).toBe(Math.floor((512 * 1024) / (rows[0]?.size ?? 1)));
      expect(rows[0]?.size).toBeLessThan(8 * 1024 + 100);
      expect(rows[0]).toMatchObject({ body_size: large.length, body_hash: sha256Hex(large) });
      expect(rows[0]?.claimed).toBe(String(JSON.parse(large).invoice_id).replace('INV-', ''));
    });

    it('does not decode a large body before it is verified, and takes it once it is', async () => {
      const shop = await openShop();
      const large: Fields = { ...sample(shop, 'paid'), note: 'n'.repeat(20_000) };
      const token = await signToken({ id: large.invoice_id, exp: NOON.getTime() / 1000 + 300 }, shop.key);
      const broken = `{"token":"x","invoice_id":"${large.invoice_id}",${' '.repeat(9_000)}"a":tru}`;
      expect((await deliver(shop, text(broken))).status).toBe(401);
      expect((await deliver(shop, text(broken.replace('"x"', `"${token}"`)))).status).toBe(400);
      expect((await deliver(shop, withToken(large, token))).status).toBe(200);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ amount: '24.61' }]);
    });

    it('takes what is authentic while refusals are no longer kept', async () => {
      const shop = await openShop();
      for (let sent = 0; sent < 101; sent += 1) await deliver(shop, text(''));
      expect((await post(shop, sample(shop, 'paid'))).status).toBe(200);
      expect(await invoicesOf(database(), shop)).toHaveLength(1);
    });

    it.each([
      ['empty', '', 'The body is empty.'],
      ['bad_json', '{"status":"success",}', 'Not JSON: a trailing comma before a closing bracket.'],
      ['not_an_object', '"x"', 'The body is JSON but not an object.'],
      ['repeated_key', '{"status":"a","status":"a"}', 'The same key stands twice in one object.'],
      ['too_deep', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'Nested deeper than 64 levels.'],
      ['not_a_form', 'hello', 'The body is neither JSON nor a form with a known field.'],
      ['bad_encoding', new Uint8Array([0x7b, 0xff, 0x7d]), 'The body is not valid UTF-8.'],
    ])('answers a body that is %s with what is wrong with it', async (reason, body, error) => {
      const shop = await openShop();
      expect(await deliver(shop, text(body))).toMatchObject({ status: 400, body: { error } });
      expect(await ledger(database(), shop)).toMatchObject([
        { outcome: 'unreadable', reason, answer_status: 400, has_body: true },
      ]);
    });

    it('names the required field that is missing, keeps the postback and counts its copies', async () => {
      const shop = await openShop();
      const { currency: _, ...fields } = sample(shop, 'paid');
      expect(await post(shop, fields)).toMatchObject({ status: 400, body: { error: 'currency is missing' } });
      expect((await post(shop, fields, { now: after(20) })).status).toBe(400);
      const rows = await ledger(database(), shop);
      expect(rows).toMatchObject([
        { outcome: 'incomplete', reason: 'missing', reason_field: 'currency', duplicates: 1 },
      ]);
      expect(rows[0]).toMatchObject({ verified: 'jwt', answer_status: 400, has_body: true, position: null });
      expect(await invoicesOf(database(), shop)).toEqual([]);
    });

    it('keeps twenty incomplete ones of one token an hour, then counts', async () => {
      const shop = await openShop();
      const { currency: _, ...fields } = sample(shop, 'paid');
      const send = (nth: number, now = after(nth)) =>
        deliver(shop, withToken({ ...fields, order_id: `ORDER-${nth}` }, token), { now });
      const token = await signToken({ id: fields.invoice_id, exp: NOON.getTime() / 1000 + 9_000 }, shop.key);
      const answers = await Promise.all(Array.from({ length: 15 }, (_, nth) => send(nth)));
      for (let nth = 15; nth < 25; nth += 1) answers.push(await send(nth));
      expect(answers.every(({ status }) => status === 400)).toBe(true);
      expect(await ledger(database(), shop)).toHaveLength(20);
      expect(await countOf(database(), shop, 'over_limit')).toBe(5);
      // A copy of one that has a row is counted there.
      await Promise.all([send(3), send(3)]);
      expect((await ledger(database(), shop))[3]).toMatchObject({ duplicates: 2 });
      await send(99, after(3_700));
      expect(await ledger(database(), shop)).toHaveLength(21);
    });

    it('names the required field that cannot be read', async () => {
      const shop = await openShop();
      const fields = { ...sample(shop, 'paid'), amount_crypto: 'a lot' };
      expect(await post(shop, fields)).toMatchObject({ status: 400, body: { error: 'amount_crypto is unreadable' } });
      expect(await ledger(database(), shop)).toMatchObject([{ outcome: 'incomplete', reason: 'unreadable' }]);
    });

    it('only counts a GET and what is too large', async () => {
      const shop = await openShop();
      expect((await request(shop, { method: 'GET' })).status).toBe(405);
      expect((await request(shop, { method: 'POST', body: 'x'.repeat(256 * 1024 + 1) })).status).toBe(413);
      expect(await ledger(database(), shop)).toEqual([]);
      expect(await countOf(database(), shop, 'get')).toBe(1);
      expect(await countOf(database(), shop, 'too_large')).toBe(1);
    });

    it('keeps nothing of a key that is nobody’s', async () => {
      const shop = await openShop();
      const nobodys: Shop = { ...shop, path: `/api/postbacks/${'n'.repeat(32)}` };
      expect((await post(nobodys, sample(shop, 'paid'))).status).toBe(404);
      expect((await deliver(nobodys, text(''))).status).toBe(404);
      expect(await ledger(database(), shop)).toEqual([]);
    });
  });
});
