import { describe, expect, it } from 'vitest';
import { sha256Hex } from '@/lib/crypto';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { believedRows } from '@/lib/postbacks/believed-rows.testing';
import { replay } from '@/lib/postbacks/replay';
import {
  after,
  deliver,
  NOON,
  openShop,
  post,
  query,
  type Shop,
  sample,
  withToken,
} from '@/lib/postbacks/shop.testing';
import { signToken } from '@/lib/providers/cryptocloud-family/sign';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { previewRetention, runRetention } from './run';
import { keepBodies, keepRefusedBodies, readDataSettings } from './settings';

const DAY_S = 86_400;

async function makeOwner(): Promise<Access> {
  const email = `${crypto.randomUUID()}@shop.example`;
  const { id } = await createStaff({ email, name: 'Olena', role: 'owner', password: 'three grey herons' });
  return accessOf({ staffId: id });
}

interface Kept {
  readonly bodies: number;
  readonly hashes: number;
  readonly requests: number;
  readonly events: string;
}

async function kept(database: Database, shop: Shop): Promise<Kept> {
  const [row] = await query<Kept>(
    database,
    `select count(body)::int as bodies, count(body_hash)::int as hashes, count(request)::int as requests,
       coalesce(string_agg(event::text, ' '), '') as events
       from postbacks where project_id = $1::uuid`,
    [shop.id],
  );
  return row ?? { bodies: 0, hashes: 0, requests: 0, events: '' };
}

/** A hold, its payment, a copy, a refusal and something unreadable on the first day; a void on the hundredth. */
async function busyShop(): Promise<Shop> {
  const shop = await openShop('novapay');
  const paid = { ...sample(shop, 'card'), client_phone: '+380671234567', client_email: 'olena@shop.example' };
  await post(shop, { ...paid, status: 'holded' });
  await post(shop, paid, { now: after(1) });
  await post(shop, paid, { now: after(2) });
  await deliver(shop, { body: 'call +380671112233', headers: {} }, { now: after(3) });
  await post(shop, { ...paid, status: 'voided' }, { now: after(100 * DAY_S) });
  return shop;
}

describe('Retention', () => {
  everyDriver((database) => {
    it('deletes bodies whose time is up and leaves their hash; a replay makes the same rows, people included', async () => {
      const [owner, shop] = [await makeOwner(), await busyShop()];
      await keepBodies(owner, shop.id, 90);
      const before = await believedRows(database(), shop);
      const now = after(101 * DAY_S);
      expect(await previewRetention(shop.id, 90, now)).toEqual({
        count: 3,
        oldest: '2026-01-27T12:30:00.000000Z',
        newest: '2026-01-27T12:30:03.000000Z',
      });
      expect(await runRetention(now, shop.id)).toEqual({ deleted: 3, kept: 0, names: 0 });
      const left = await kept(database(), shop);
      expect([left.bodies, left.hashes]).toEqual([1, 3]);
      // Signatures go with the bodies, also that of a copy, which never had one.
      expect(left.requests).toBe(1);
      expect(left.events).toContain('"on_hold"');
      for (const personal of ['380671234567', 'olena@', 'Коваленко', '203.0.113'])
        expect(left.events).not.toContain(personal);
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
      expect(await believedRows(database(), shop)).toEqual(before);
      expect(await runRetention(now, shop.id)).toEqual({ deleted: 0, kept: 0, names: 0 });
    });

    it('keeps what came later, and with it a copy of what is gone is still a copy', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      await post(shop, fields);
      await runRetention(after(181 * DAY_S), shop.id);
      expect((await kept(database(), shop)).bodies).toBe(0);
      expect((await post(shop, fields, { now: after(181 * DAY_S) })).status).toBe(200);
      const [row] = await query<{ duplicates: number }>(
        database(),
        'select duplicates from postbacks where project_id = $1::uuid and duplicate_of is null',
        [shop.id],
      );
      expect(row?.duplicates).toBe(1);
    });

    it('deletes bodies of refused and unreadable postbacks after 14 days, whatever the choice is', async () => {
      const [owner, shop] = [await makeOwner(), await busyShop()];
      await keepBodies(owner, shop.id, null);
      const large = JSON.stringify({ id: 'x', status: 'paid', note: 'n'.repeat(20_000) });
      await deliver(shop, { body: large, headers: {} }, { now: after(4) });
      await keepRefusedBodies(owner, shop.id, 30);
      expect(await runRetention(after(29 * DAY_S), shop.id)).toEqual({ deleted: 0, kept: 0, names: 0 });
      await keepRefusedBodies(owner, shop.id, 14);
      expect(await runRetention(after(13 * DAY_S), shop.id)).toEqual({ deleted: 0, kept: 0, names: 0 });
      expect(await runRetention(after(15 * DAY_S), shop.id)).toEqual({ deleted: 2, kept: 0, names: 0 });
      const rows = await query<{ hash: string }>(
        database(),
        `select encode(body_hash, 'hex') as hash from postbacks where project_id = $1::uuid and body_hash is not null
         order by received_at`,
        [shop.id],
      );
      // Of the one whose beginning was kept it is that of the whole.
      expect(rows.map(({ hash }) => hash)[1]).toBe(sha256Hex(large));
      expect(await runRetention(after(1000 * DAY_S), shop.id)).toEqual({ deleted: 0, kept: 0, names: 0 });
    });

    it('forgets a token that left no row once it cannot be valid', async () => {
      const shop = await openShop();
      const { currency: _, ...fields } = sample(shop, 'paid');
      for (const seconds of [300, 3_600]) {
        const token = await signToken({ id: fields.invoice_id, exp: NOON.getTime() / 1000 + seconds }, shop.key);
        await deliver(shop, withToken(fields, token));
      }
      const left = () =>
        query(database(), 'select is_long_lived from used_tokens where project_id = $1::uuid order by 1', [shop.id]);
      await runRetention(after(99 * DAY_S));
      expect(await left()).toEqual([{ is_long_lived: false }, { is_long_lived: true }]);
      await runRetention(after(101 * DAY_S));
      expect(await left()).toEqual([{ is_long_lived: true }]);
    });

    it('forgets how often an invoice and an order were named in an hour that is over', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      await post(shop, fields);
      await post(shop, fields, { key: 'another key of thirty-six characters' });
      const left = () =>
        query(database(), `select count from project_counters where project_id = $1::uuid and kind like 'named%'`, [
          shop.id,
        ]);
      expect(await left()).toEqual([{ count: 1 }, { count: 1 }]);
      await runRetention(after(2 * DAY_S));
      expect(await left()).toEqual([]);
    });

    it('deletes nothing where bodies are kept for ever, and begins anew with another choice', async () => {
      const [owner, shop] = [await makeOwner(), await busyShop()];
      const now = after(1000 * DAY_S);
      expect(await readDataSettings(shop.id)).toEqual({
        rawBodyDays: 180,
        refusedBodyDays: 14,
        namesSearchable: true,
        plainMetadata: [],
      });
      await keepBodies(owner, shop.id, null);
      // That of the unreadable one.
      expect(await runRetention(now, shop.id)).toEqual({ deleted: 1, kept: 0, names: 0 });
      expect((await previewRetention(shop.id, null, now)).count).toBe(0);
      await keepBodies(owner, shop.id, 365);
      expect(await runRetention(now, shop.id)).toMatchObject({ deleted: 3 });
      const log = await query<{ before: unknown; after: unknown }>(
        database(),
        `select before, after from audit_log where project_id = $1::uuid and action = 'retention.change' order by at`,
        [shop.id],
      );
      expect(log).toEqual([
        { before: { days: 180 }, after: { days: null } },
        { before: { days: null }, after: { days: 365 } },
      ]);
    });

    it('runs twice at once, and beside postbacks, without losing or doubling anything', async () => {
      const shop = await openShop();
      for (let nth = 0; nth < 30; nth += 1) await post(shop, sample(shop, 'paid'), { now: after(nth) });
      const now = after(181 * DAY_S);
      const fresh = Array.from({ length: 10 }, () => post(shop, sample(shop, 'paid'), { now }));
      const [one, two, ...answers] = await Promise.all([
        runRetention(now, shop.id),
        runRetention(now, shop.id),
        ...fresh,
      ]);
      // What one had under its hands the other left to it.
      const rest = await runRetention(now, shop.id);
      expect(one.deleted + two.deleted + rest.deleted).toBe(30);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(await kept(database(), shop)).toMatchObject({ bodies: 10, hashes: 30 });
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
    });
  });
});
