import { describe, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { eachDatabase } from '@/lib/db/testing';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { countLog, listLog } from './log';
import { postbackList } from './postback-list';
import { findPostback } from './queries';
import { after, openShop, post, query, type Shop, sample } from './shop.testing';
import { type RawBody, readRawBody } from './shown-body';

const filterOf = (shop: Shop | null) => ({
  ...postbackList.read({}, { zone: 'UTC', providers: [], projects: [] }).filter,
  project: shop?.id ?? null,
});

async function memberOf(database: Database, role: Role, projects: Access['projects'] = 'all'): Promise<Access> {
  const [row] = await query<{ id: string }>(
    database,
    `insert into staff (email, name, role, password_hash) values (gen_random_uuid() || '@shop.example', 'Test', $1, 'x')
     returning id::text as id`,
    [role],
  );
  return accessOf({ staffId: row?.id ?? '', role, projects });
}

async function bodyFor(access: Access, id: string): Promise<RawBody | null> {
  const postback = await findPostback(access, id);
  return postback && readRawBody(access, postback);
}

eachDatabase((database) => {
  describe('the log of postbacks', () => {
    it('shows a member the projects they were given, and an accountant nothing', async () => {
      const [mine, other] = [await openShop(), await openShop()];
      await post(mine, sample(mine, 'paid'));
      await post(other, sample(other, 'paid'));
      const some = await memberOf(database(), 'support', [mine.id]);
      const { rows } = await listLog(some, filterOf(null));
      expect(rows.map(({ outcome }) => outcome)).toEqual(['accepted']);
      expect((await listLog(some, filterOf(other))).rows).toEqual([]);
      expect([...(await countLog(some, filterOf(null)))]).toEqual([['accepted', { count: 1, more: false }]]);
      const accountant = await memberOf(database(), 'accountant');
      expect((await listLog(accountant, filterOf(mine))).rows).toEqual([]);
      const [foreign] = (await listLog(await memberOf(database(), 'owner'), filterOf(other))).rows;
      expect(foreign && (await findPostback(some, foreign.id))).toBe(null);
    });
  });

  describe('a raw body', () => {
    it('is whole but for the token for an owner, masked for a manager, and nobody else sees it', async () => {
      const shop = await openShop('novapay');
      await post(shop, { ...sample(shop, 'paid'), client_phone: '+380501234567', client_first_name: 'Оксана' });
      const owner = await memberOf(database(), 'owner');
      const [row] = (await listLog(owner, filterOf(shop))).rows;
      const id = row?.id ?? '';
      expect(await bodyFor(owner, id)).toMatchObject({ kind: 'shown', text: expect.stringContaining('+380501234567') });
      const masked = await bodyFor(await memberOf(database(), 'manager'), id);
      expect(JSON.stringify(masked)).not.toMatch(/380501234567|Оксана/);
      expect(masked).toMatchObject({ kind: 'shown', masked: true, text: expect.stringContaining('"status"') });
      expect(await bodyFor(await memberOf(database(), 'support'), id)).toEqual({ kind: 'forbidden' });
    });

    it('never shows the token, in JSON or in a form', async () => {
      const shop = await openShop();
      await post(shop, sample(shop, 'paid'));
      await post(shop, sample(shop, 'paid'), { format: 'form', now: after(5) });
      const owner = await memberOf(database(), 'owner');
      const { rows } = await listLog(owner, filterOf(shop));
      expect(rows).toHaveLength(2);
      for (const { id } of rows) {
        const body = await bodyFor(owner, id);
        expect(body).toMatchObject({ kind: 'shown', text: expect.stringContaining('••••••') });
        expect(JSON.stringify(body)).not.toMatch(/eyJ/);
      }
    });

    it('is written to the audit log once, however often the page is drawn', async () => {
      const shop = await openShop();
      await post(shop, sample(shop, 'paid'));
      const owner = await memberOf(database(), 'owner');
      const [row] = (await listLog(owner, filterOf(shop))).rows;
      for (let times = 0; times < 3; times += 1) await bodyFor(owner, row?.id ?? '');
      const entries = await query<{ action: string; object: string }>(
        database(),
        'select action, object from audit_log where staff_id = $1::uuid',
        [owner.staffId],
      );
      expect(entries).toEqual([{ action: 'postback.read_body', object: row?.id }]);
    });
  });
});
