import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import type { SignedPostback } from '@/lib/providers/provider';
import { open } from '@/lib/vault';
import { receive } from './receive';
import { openRequest, type StoredRequest } from './request';
import {
  type Answered,
  after,
  countOf,
  deliver,
  ledger,
  NOON,
  openShop,
  post,
  query,
  type Shop,
  sample,
} from './shop.testing';

const WRONG_KEY = 'anotherKeyOf36Charactersxxxxxxxxxxxx';

function signed(shop: Shop, name = 'paid', format: 'json' | 'form' = 'json'): Promise<SignedPostback> {
  return shop.provider.sign(sample(shop, name), shop.key, { now: NOON, format });
}

async function send(shop: Shop, more: Readonly<Record<string, string>>, body?: BodyInit): Promise<Answered> {
  const postback = await signed(shop);
  return deliver(shop, { body: body ?? postback.body, headers: { ...postback.headers, ...more } });
}

interface RequestRow {
  readonly id: string;
  readonly outcome: string;
  readonly request: string | null;
  readonly key_id: string | null;
}

/** What the ledger holds of the requests, in order of receipt. */
async function requestsOf(database: Database, shop: Shop): Promise<readonly (StoredRequest | null)[]> {
  const rows = await query<RequestRow>(
    database,
    `select id::text as id, outcome, encode(request, 'base64') as request, request_key_id as key_id
       from postbacks where project_id = $1::uuid order by received_at, id`,
    [shop.id],
  );
  return rows.map(({ id, request, key_id: requestKeyId }) =>
    openRequest({ id, request: request === null ? null : Buffer.from(request, 'base64'), requestKeyId }),
  );
}

describe('Requests as they come in real life', () => {
  everyDriver((database) => {
    it('takes a Content-Encoding that encodes nothing and a charset that changes nothing', async () => {
      const shop = await openShop();
      const types = ['us-ascii', '', 'windows-1251'].map((charset) => `application/json; charset=${charset}`);
      const headers = [
        ...['identity', '', 'UTF-8'].map((encoding) => ({ 'content-encoding': encoding })),
        ...types.map((type) => ({ 'content-type': type })),
      ];
      for (const each of headers) expect((await send(shop, each)).status, JSON.stringify(each)).toBe(200);
      expect((await ledger(database(), shop)).map(({ outcome }) => outcome)).toEqual(headers.map(() => 'accepted'));
    });

    it('answers 415 and keeps the very bytes among the refused, with why', async () => {
      const shop = await openShop();
      const kinds: readonly (readonly [string, Record<string, string>, string | Uint8Array<ArrayBuffer>])[] = [
        ['content_encoding', { 'content-encoding': 'gzip' }, new Uint8Array(gzipSync('{"status":"success"}'))],
        ['content_encoding', { 'content-encoding': 'identity, br' }, 'not brotli'],
        ['charset', { 'content-type': 'application/json; charset=us-ascii' }, '{"order_id":"Замовлення"}'],
        ['media_type', { 'content-type': 'multipart/form-data; boundary=x' }, '--x'],
      ];
      for (const [, headers, body] of kinds) {
        const error = 'Send JSON or a form in UTF-8, without a content encoding';
        expect(await send(shop, headers, body)).toMatchObject({ status: 415, body: { error } });
      }
      const rows = await query<{ id: string; reason: string; body: string; key_id: string }>(
        database(),
        `select id::text as id, reason, encode(body, 'base64') as body, encryption_key_id as key_id from postbacks
          where project_id = $1::uuid and outcome = 'refused' and answer_status = 415 and signer is null order by id`,
        [shop.id],
      );
      const kept = rows.map(({ id, reason, body, key_id: keyId }) => {
        const bytes = open({ sealed: Buffer.from(body, 'base64'), keyId }, `postbacks:${id}`);
        return `${reason} ${Buffer.from(bytes).toString('base64')}`;
      });
      expect(kept.sort()).toEqual(
        kinds.map(([reason, , body]) => `${reason} ${Buffer.from(body).toString('base64')}`).sort(),
      );
    });

    it('bounds what it answers 415 together with what it refuses', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      const encoded = Array.from({ length: 55 }, () => send(shop, { 'content-encoding': 'gzip' }));
      const wrong = Array.from({ length: 55 }, () => post(shop, fields, { key: WRONG_KEY }));
      expect(new Set((await Promise.all(encoded)).map(({ status }) => status))).toEqual(new Set([415]));
      expect(new Set((await Promise.all(wrong)).map(({ status }) => status))).toEqual(new Set([401]));
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'refused_over_limit')).toBe(10);
    });

    it('keeps nothing under a key that is nobody’s, whatever the encoding', async () => {
      const shop = await openShop();
      const nobodys: Shop = { ...shop, path: `/api/postbacks/${'n'.repeat(32)}` };
      expect((await send(nobodys, { 'content-encoding': 'gzip' })).status).toBe(404);
    });

    it('serves the URL with something behind the key', async () => {
      const shop = await openShop();
      for (const behind of ['%0A', '%0D%0A', '%09', '%C2%A0', '.', ',', ')', '%22', '%3E']) {
        const answer = await post({ ...shop, path: `${shop.path}${behind}` }, sample(shop, 'paid'));
        expect(answer.status, behind).toBe(200);
      }
    });

    it('accepts x-sign alone, valid as SHA-256, and a signature header that was sent twice', async () => {
      const shop = await openShop('novapay');
      const { body, headers } = await signed(shop, 'card');
      const signature = headers['x-sign-v2'] ?? '';
      const alone = await deliver(shop, { body, headers: { 'x-sign': signature } });
      const twice = new Headers([
        ['x-sign-v2', signature],
        ['x-sign-v2', signature],
      ]);
      const request = new Request(`http://localhost${shop.path}`, { method: 'POST', body, headers: twice });
      expect([alone.status, (await receive(request, { now: after(1) })).status]).toEqual([200, 200]);
      expect(await ledger(database(), shop)).toMatchObject([
        { outcome: 'accepted', verified: 'rsa', flags: [] },
        { outcome: 'duplicate', verified: 'rsa', flags: [] },
      ]);
    });

    it('stores the signature headers and the encoding of every postback it keeps, sealed', async () => {
      const shop = await openShop('novapay');
      const { body, headers } = await signed(shop, 'card');
      const { 'x-sign-v2': newer = '', 'x-sign': older = '' } = headers;
      const both = { 'x-sign-v2': newer, 'x-sign': older };
      await deliver(shop, { body, headers });
      await deliver(shop, { body, headers }, { now: after(1) });
      await deliver(shop, { body: 'x', headers: { ...headers, 'content-encoding': 'gzip' } }, { now: after(2) });
      await deliver(shop, { body: '{', headers: { 'x-sign': older } }, { now: after(3) });
      await deliver(shop, { body: '{"id":"a"}', headers: { 'x-sign-v2': 'A'.repeat(9_000) } }, { now: after(4) });
      await post(shop, { status: 'paid' }, { now: after(5) });
      expect((await ledger(database(), shop)).map(({ outcome }) => outcome)).toEqual([
        ...['accepted', 'duplicate', 'refused', 'unreadable', 'refused', 'incomplete'],
      ]);
      const stored = await requestsOf(database(), shop);
      expect(stored.slice(0, 5)).toEqual([
        { senderAddress: null, headers: both },
        { senderAddress: null, headers: both },
        { senderAddress: null, headers: { ...both, 'content-encoding': 'gzip' } },
        { senderAddress: null, headers: { 'x-sign': older } },
        { senderAddress: null, headers: { 'x-sign-v2': 'A'.repeat(4_200) } },
      ]);
      expect(Object.keys(stored[5]?.headers ?? {})).toEqual(['x-sign-v2', 'x-sign']);
      const [plain] = await query<{ found: boolean }>(
        database(),
        `select bool_or(position(convert_to($2, 'UTF8') in request) > 0) as found from postbacks
          where project_id = $1::uuid`,
        [shop.id, newer],
      );
      expect(plain?.found).toBe(false);
    });

    it('counts a GET with what it called itself, the latest one’s name', async () => {
      const shop = await openShop();
      const get = (userAgent: string, seconds: number): Promise<Response> =>
        receive(new Request(`http://localhost${shop.path}%0A`, { headers: { 'user-agent': userAgent } }), {
          now: after(seconds),
        });
      expect((await get('UptimeRobot/2.0', 5)).status).toBe(405);
      await get('Mozilla/5.0', 3);
      const rows = await query(
        database(),
        `select kind, count, last_user_agent from project_counters where project_id = $1::uuid`,
        [shop.id],
      );
      expect(rows).toEqual([{ kind: 'get', count: 2, last_user_agent: 'UptimeRobot/2.0' }]);
    });
  });
});
