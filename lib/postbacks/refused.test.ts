import { describe, expect, it } from 'vitest';
import { timedUuid } from '@/lib/crypto';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { NO_CLAIM } from '@/lib/providers/claim';
import type { Fields } from '@/lib/providers/provider';
import { toInstant } from '@/lib/time';
import type { Arrival } from './entry';
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
} from './shop.testing';

const text = (body: string | Uint8Array<ArrayBuffer>) => ({ body, headers: { 'content-type': 'application/json' } });

function arrivalAt(now: Date): Arrival {
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

    it('keeps at most a hundred refused and unreadable ones an hour, and goes on in the next hour', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      const key = 'another key of thirty-six characters';
      for (let sent = 0; sent < 60; sent += 1) {
        expect((await post(shop, fields, { key, now: after(sent) })).status).toBe(401);
        expect((await deliver(shop, text('{'), { now: after(sent) })).status).toBe(400);
      }
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'kept')).toBe(120);
      await post(shop, fields, { key, now: after(3600) });
      expect(await ledger(database(), shop)).toHaveLength(101);
    });

    it('keeps a hundred of many that come at once, counts all, and loses none to one that cannot be written', async () => {
      const shop = await openShop();
      const good = Array.from({ length: 130 }, () => deliver(shop, text('{')));
      // A NUL is no character for PostgreSQL.
      const bad = recordRefused(
        { ...arrivalAt(NOON), projectId: shop.id },
        {
          outcome: 'refused',
          reason: 'token_wrong_key',
          answerStatus: 401,
          claim: { ...NO_CLAIM, invoiceId: 'a\u0000b' },
        },
      );
      await expect(bad).rejects.toThrow();
      expect((await Promise.all(good)).filter(({ status }) => status === 400)).toHaveLength(130);
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'kept')).toBe(130);
      expect((await ledger(database(), shop)).every((row) => row.has_body)).toBe(true);
      await Promise.all(Array.from({ length: 20 }, () => deliver(shop, text('{'))));
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'kept')).toBe(150);
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
