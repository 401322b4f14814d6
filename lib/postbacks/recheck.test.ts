import { beforeAll, describe, expect, it } from 'vitest';
import { type Database, setDatabase } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { logTo } from '@/lib/log/log';
import { replaceSecret } from '@/lib/projects/change';
import type { Fields } from '@/lib/providers/provider';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { countRecheckable, type RechecksDone, recheckRefused } from './recheck';
import { replay } from './replay';
import {
  after,
  altered,
  deliver,
  invoicesOf,
  ledger,
  openShop,
  post,
  query,
  type Shop,
  sample,
  transactionsOf,
} from './shop.testing';

/** A project whose secret was entered wrongly: what the provider signs is refused until `correct` is called. */
async function openMistaken(provider?: string) {
  const shop = await openShop(provider);
  const { verify, sign } = shop.provider.createCredential();
  const { id: staffId } = await createStaff({
    email: `${crypto.randomUUID()}@staff.example`,
    name: 'Manager',
    role: 'manager',
    password: 'three grey herons',
  });
  const manager = accessOf({ staffId, role: 'manager' });
  const correct = async (): Promise<void> => {
    await replaceSecret(accessOf({ staffId }), shop.id, shop.provider, verify);
  };
  return { shop, manager, correct, key: sign ?? verify };
}

/** As the screen does it: step by step while something is left. */
async function checkAll(access: Access, shop: Shop, batch = 3): Promise<readonly RechecksDone[]> {
  const steps: RechecksDone[] = [];
  do {
    const step = await recheckRefused(access, shop.id, { batch, limitMs: 0 });
    if (step) steps.push(step);
  } while ((steps.at(-1)?.left ?? 0) > 0 && (steps.at(-1)?.checked ?? 0) > 0);
  return steps;
}

async function verdictsOf(database: Database, shop: Shop): Promise<readonly Record<string, unknown>[]> {
  return query(
    database,
    `select outcome, reason, refused_reason, answer_status, rechecked_at is not null as rechecked, rechecked_by::text as by,
       body is not null as has_body, claimed_invoice_id, duplicate_of is not null as is_copy, position
     from postbacks where project_id = $1::uuid order by received_at, id`,
    [shop.id],
  );
}

describe('Refused postbacks checked again after the secret was corrected', () => {
  beforeAll(() => logTo(() => {}));
  everyDriver((database) => {
    // Keys of NovaPay take long to make, and so do its signatures: fewer say the same.
    it.each([
      ['cryptocloud', 'paid', 'token_wrong_key', [7, 4, 1, 0]],
      ['novapay', 'card', 'signature_wrong_key', [1, 0]],
    ] as const)(
      'of %s are processed like new ones, in order of receipt, and keep both results',
      async (provider, name, reason, left) => {
        const { shop, manager, correct, key } = await openMistaken(provider);
        const orders = Array.from({ length: left[0] + 3 }, () => sample(shop, name));
        for (const [index, fields] of orders.entries())
          expect((await post(shop, fields, { key, now: after(index) })).status).toBe(401);
        await correct();
        expect(await countRecheckable(manager, shop.id)).toBe(orders.length);

        const steps = await checkAll(manager, shop);
        expect(steps.map((step) => step.left)).toEqual(left);
        const rows = await verdictsOf(database(), shop);
        expect(rows).toHaveLength(orders.length);
        for (const row of rows)
          expect(row).toMatchObject({
            outcome: 'accepted',
            reason: null,
            refused_reason: reason,
            answer_status: 401,
            rechecked: true,
            by: manager.staffId,
            has_body: true,
            claimed_invoice_id: null,
          });

        const live = await openShop(provider);
        for (const [index, fields] of orders.entries()) await post(live, fields, { now: after(index) });
        expect(await invoicesOf(database(), shop)).toEqual(await invoicesOf(database(), live));
        expect(await transactionsOf(database(), shop)).toEqual(await transactionsOf(database(), live));
        expect(await timesOf(database(), shop)).toEqual(await timesOf(database(), live));
        expect(await replay({ projectId: shop.id })).toEqual({ replayed: orders.length, changed: 0 });
        expect(await checkAll(manager, shop)).toMatchObject([{ checked: 0, left: 0 }]);
      },
    );

    it('end as accepted, duplicate, conflict, incomplete or refused, each as it would have at receipt', async () => {
      const { shop, manager, correct, key } = await openMistaken();
      const fields: Fields = { ...sample(shop, 'paid'), order_id: 'ORDER-770' };
      const { currency: _, ...incomplete } = fields;
      const signed = await shop.provider.sign(fields, key, { now: after(0) });
      await deliver(shop, signed, { now: after(0) });
      await post(shop, fields, { key, now: after(1) });
      await deliver(shop, altered(signed, '"ORDER-770"', '"ORDER-771"'), { now: after(2) });
      await post(shop, incomplete, { key, now: after(3) });
      await post(shop, incomplete, { key, now: after(4) });
      await post(shop, fields, { key: 'somebody else’s key, long enough to be one', now: after(5) });
      // Expired when it came, whatever the key.
      await deliver(shop, signed, { now: after(3_600) });
      await correct();

      expect(await checkAll(manager, shop, 100)).toMatchObject([{ checked: 7, accepted: 3, incomplete: 2, left: 0 }]);
      expect(await verdictsOf(database(), shop)).toMatchObject([
        { outcome: 'accepted', refused_reason: 'token_wrong_key' },
        { outcome: 'duplicate', is_copy: true, has_body: false, refused_reason: 'token_wrong_key' },
        { outcome: 'contradiction', refused_reason: 'token_wrong_key' },
        { outcome: 'incomplete', reason: 'missing', refused_reason: 'token_wrong_key' },
        { outcome: 'incomplete', reason: 'missing', refused_reason: 'token_wrong_key' },
        { outcome: 'refused', reason: 'token_wrong_key', refused_reason: 'token_wrong_key', rechecked: true },
        { outcome: 'refused', reason: 'token_expired', refused_reason: 'token_wrong_key', rechecked: true },
      ]);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ order_id: 'ORDER-770', status: 'paid' }]);
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
      // A retry of the provider's is a copy like any other.
      expect((await post(shop, fields, { key, now: after(7_200) })).status).toBe(200);
      expect((await ledger(database(), shop))[0]).toMatchObject({ outcome: 'accepted', duplicates: 2 });
      expect(await transactionsOf(database(), shop)).toHaveLength(1);
    });

    it('are counted once, whoever clicks at once, and however often the provider sent the same', async () => {
      const { shop, manager, correct, key } = await openMistaken();
      const fields = sample(shop, 'paid');
      for (let sent = 0; sent < 12; sent += 1) await post(shop, fields, { key, now: after(sent) });
      await correct();
      const click = (): ReturnType<typeof recheckRefused> => recheckRefused(manager, shop.id, { batch: 5 });
      await lease(database(), shop, '1 minute');
      expect(await click()).toMatchObject({ busy: true, checked: 0, left: 12 });
      await lease(database(), shop, '-1 second');
      const clicks = await Promise.all(Array.from({ length: 4 }, click));
      expect(clicks.map((done) => done?.checked).sort()).toEqual([0, 0, 0, 12]);
      const rows = await ledger(database(), shop);
      expect(rows[0]).toMatchObject({ outcome: 'accepted', duplicates: 11 });
      expect(rows.slice(1).every(({ outcome }) => outcome === 'duplicate')).toBe(true);
      expect(await transactionsOf(database(), shop)).toHaveLength(1);
      expect(await auditedOf(database(), shop)).toEqual([{ checked: 12, accepted: 12, incomplete: 0, refused: 0 }]);
    });

    it('join what came since: a copy of an accepted one, an earlier stage, and a lease that a stopped process left', async () => {
      const { shop, manager, correct, key } = await openMistaken('novapay');
      const card = sample(shop, 'card');
      await post(shop, { ...card, status: 'holded' }, { key, now: after(0) });
      await post(shop, card, { key, now: after(1) });
      await correct();
      expect((await post(shop, card, { key, now: after(60) })).status).toBe(200);
      await lease(database(), shop, '-1 second');
      expect(await checkAll(manager, shop)).toMatchObject([{ checked: 2, accepted: 2, left: 0 }]);
      expect(await verdictsOf(database(), shop)).toMatchObject([
        { outcome: 'accepted' },
        { outcome: 'duplicate', is_copy: true },
        { outcome: 'accepted', refused_reason: null },
      ]);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ status: 'paid' }]);
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
    });

    it('move the parcel where they repeat an earlier word of the carrier', async () => {
      const { shop, manager, correct, key } = await openMistaken('novapay');
      const card = sample(shop, 'card');
      const said = (code: string): Fields => ({ ...card, delivery: { delivery_status_code: code } });
      await post(shop, said('5'), { now: after(0) });
      await post(shop, said('7'), { now: after(1) });
      expect((await post(shop, said('5'), { key, now: after(2) })).status).toBe(401);
      await correct();
      expect(await checkAll(manager, shop)).toMatchObject([{ checked: 1, accepted: 1, left: 0 }]);
      const rows = await verdictsOf(database(), shop);
      expect(rows).toMatchObject([
        { outcome: 'accepted' },
        { outcome: 'accepted' },
        { outcome: 'duplicate', refused_reason: 'signature_wrong_key', rechecked: true, has_body: false },
      ]);
      expect(rows[2]?.position).not.toBeNull();
      expect((await ledger(database(), shop))[0]).toMatchObject({ duplicates: 1 });
      const parcels = 'select status, carrier_code from deliveries where project_id = $1::uuid';
      expect(await query(database(), parcels, [shop.id])).toEqual([{ status: 'in_transit', carrier_code: '5' }]);
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
    });

    it('stay refused where their encryption key is gone, and do not hold up the others', async () => {
      const { shop, manager, correct, key } = await openMistaken();
      for (let sent = 0; sent < 2; sent += 1) await post(shop, sample(shop, 'paid'), { key, now: after(sent) });
      await loseKey(database(), 'postbacks', shop);
      await post(shop, sample(shop, 'paid'), { key, now: after(10) });
      await correct();
      expect(await checkAll(manager, shop, 2)).toMatchObject([
        { checked: 2, accepted: 0, left: 1 },
        { checked: 1, accepted: 1, left: 0 },
      ]);
      const rows = await verdictsOf(database(), shop);
      const unread = { outcome: 'refused', reason: 'token_wrong_key', rechecked: true, has_body: true };
      expect(rows).toMatchObject([unread, unread, { outcome: 'accepted' }]);
    });

    it('are processed although one beside them cannot be written, which is taken again by the next step', async () => {
      const { shop, manager, correct, key } = await openMistaken();
      const fields: Fields = { ...sample(shop, 'paid'), email: 'buyer@shop.example' };
      const { currency: _, ...incomplete } = sample(shop, 'paid');
      await post(shop, fields, { now: after(0) });
      await post(shop, { ...fields, status: 'success', order_id: 'ORDER-771' }, { key, now: after(1) });
      await post(shop, sample(shop, 'paid'), { key, now: after(2) });
      await post(shop, incomplete, { key, now: after(3) });
      await post(shop, sample(shop, 'paid'), { key: 'somebody else’s key, long enough to be one', now: after(4) });
      await correct();
      await loseKey(database(), 'invoices', shop);

      await expect(recheckRefused(manager, shop.id)).rejects.toThrow('ENCRYPTION_KEY');
      const rows = await verdictsOf(database(), shop);
      expect(rows.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused', 'accepted', 'incomplete', 'refused']);
      expect(rows.map(({ rechecked }) => rechecked)).toEqual([false, false, true, true, true]);
      expect(await auditedOf(database(), shop)).toEqual([{ checked: 3, accepted: 1, incomplete: 1, refused: 1 }]);
      expect(await countRecheckable(manager, shop.id)).toBe(1);

      const found = 'update invoices set encryption_key_id = substr(encryption_key_id, 6) where project_id = $1::uuid';
      await query(database(), found, [shop.id]);
      expect(await checkAll(manager, shop)).toMatchObject([{ checked: 1, accepted: 1, left: 0 }]);
    });

    it.each([
      ['entered while they are checked', '0 seconds'],
      ['entered shortly before, but committed only then', '2 seconds'],
    ])('are offered again for a secret that was %s', async (_, earlier) => {
      const { shop, manager, correct, key } = await openMistaken();
      await post(shop, sample(shop, 'paid'), { key });
      const wrong = shop.provider.createCredential().verify;
      await replaceSecret(accessOf({ staffId: manager.staffId }), shop.id, shop.provider, wrong);
      const backdate = `update project_secrets set created_at = created_at - $2::text::interval
        where project_id = $1::uuid and signer = 'live' and ends_at is null`;
      await query(database(), backdate, [shop.id, '1 minute']);
      const correctBeforeRefusal: Database = {
        ...database(),
        run: async (statement, parameters) => {
          if (statement.name === 'recheck_refuse') {
            await correct();
            await query(database(), backdate, [shop.id, earlier]);
          }
          return database().run(statement, parameters);
        },
      };
      setDatabase(correctBeforeRefusal);
      const step = await recheckRefused(manager, shop.id, { limitMs: 0 }).finally(() => setDatabase(database()));
      expect(step).toMatchObject({ checked: 1, accepted: 0, left: 1 });
      expect(await checkAll(manager, shop)).toMatchObject([{ checked: 1, accepted: 1, left: 0 }]);
    });

    it('are for managers and owners of the project', async () => {
      const { shop, manager, correct, key } = await openMistaken();
      await post(shop, sample(shop, 'paid'), { key });
      await correct();
      // Refused with the secret that is active now.
      const later = new Date(Date.now() + 60_000);
      await post(shop, sample(shop, 'paid'), { key: 'somebody else’s key, long enough to be one', now: later });
      expect(await countRecheckable(manager, shop.id)).toBe(1);
      const { staffId } = manager;
      for (const role of ['support', 'accountant'] as const) {
        expect(await countRecheckable(accessOf({ staffId, role }), shop.id)).toBe(0);
        expect(await recheckRefused(accessOf({ staffId, role }), shop.id)).toBeNull();
      }
      expect(await recheckRefused(accessOf({ staffId, role: 'manager', projects: [] }), shop.id)).toBeNull();
      expect(await invoicesOf(database(), shop)).toEqual([]);
    });
  });
});

function timesOf(database: Database, shop: Shop): Promise<unknown> {
  const text = `select (created_at, paid_at, updated_at)::text as times, provider_invoice_id as id from invoices`;
  return query(database, `${text} where project_id = $1::uuid order by id`, [shop.id]);
}

async function auditedOf(database: Database, shop: Shop): Promise<readonly unknown[]> {
  const text = `select detail from audit_log where project_id = $1::uuid and action = 'postback.recheck' order by id`;
  const rows = await query<{ detail: unknown }>(database, text, [shop.id]);
  return rows.map(({ detail }) => detail);
}

/** As where a key was taken out of ENCRYPTION_KEY_PREVIOUS too early. */
async function loseKey(database: Database, table: 'postbacks' | 'invoices', shop: Shop): Promise<void> {
  const text = `update ${table} set encryption_key_id = 'lost ' || encryption_key_id where project_id = $1::uuid`;
  await query(database, text, [shop.id]);
}

/** Somebody is at the project's refused ones for so long from now. */
async function lease(database: Database, shop: Shop, time: string): Promise<void> {
  const text = 'update projects set recheck_until = now() + $2::interval where id = $1::uuid';
  await query(database, text, [shop.id, time]);
}
