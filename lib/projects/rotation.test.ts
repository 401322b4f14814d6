import { expect, test } from 'vitest';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { findPostback } from '@/lib/postbacks/queries';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { seal } from '@/lib/vault';
import { endOldSecret, replaceSecret } from './change';
import { findProjectByKey, forgetProjects } from './find';
import { listLiveSecrets, revealSecret } from './live-secrets';
import { formerSecretOwner } from './secrets';

const SECOND = 'zY9xW8vU7tS6rQ5pO4nM3lK2jI1hG0fE9dC8';
const THIRD = 'mN5pQ8sT1vW4yZ7cF0xL3rU6aB3dE6gH9jK2';
const HOUR_MS = 3_600_000;

async function makeOwner(): Promise<Access> {
  const email = `${crypto.randomUUID()}@shop.example`;
  const { id } = await createStaff({ email, name: 'Olena', role: 'owner', password: 'three grey herons' });
  return accessOf({ staffId: id });
}

/** The live values that count at a moment, the one in force first. */
async function counting(shop: Shop, now = new Date()): Promise<readonly string[]> {
  const project = await findProjectByKey(shop.path.slice('/api/postbacks/'.length), now);
  const live = (project?.secrets ?? []).filter(({ signer }) => signer === 'live');
  return [...live].sort((a, b) => Number(a.retiring) - Number(b.retiring)).map(({ value }) => value);
}

async function audited(database: Database, shop: Shop): Promise<readonly { action: string; detail: unknown }[]> {
  return query(database, 'select action, detail from audit_log where project_id = $1::uuid order by at', [shop.id]);
}

everyDriver((database) => {
  test('the old secret goes on for the time that was chosen, and no longer', async () => {
    const [owner, shop] = [await makeOwner(), await openShop()];
    expect(await replaceSecret(owner, shop.id, shop.provider, SECOND, 24)).toBe('replaced');
    expect(await counting(shop)).toEqual([SECOND, shop.key]);
    const soon = new Date(Date.now() + 24 * HOUR_MS - 60_000);
    const late = new Date(Date.now() + 24 * HOUR_MS + 60_000);
    expect(await counting(shop, soon)).toEqual([SECOND, shop.key]);
    expect(await counting(shop, late)).toEqual([SECOND]);
  });

  test('each postback says which of the two signed it, and the old one is marked', async () => {
    const [owner, shop] = [await makeOwner(), await openShop()];
    await replaceSecret(owner, shop.id, shop.provider, SECOND, 1);
    const now = new Date();
    expect((await post(shop, sample(shop, 'paid'), { now })).status).toBe(200);
    expect((await post(shop, sample(shop, 'paid'), { now, key: SECOND })).status).toBe(200);
    const rows = await query<{ id: string }>(
      database(),
      'select id::text as id from postbacks where project_id = $1::uuid',
      [shop.id],
    );
    const found = await Promise.all(rows.map(({ id }) => findPostback(owner, id)));
    const told = found.map((one) => [one?.secretHint, JSON.stringify(one?.flags).includes('old_secret')]);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual([shop.key.slice(-4), true]);
    expect(told).toContainEqual([SECOND.slice(-4), false]);
  });

  test('a third one ends the first at once: two count at most', async () => {
    const [owner, shop] = [await makeOwner(), await openShop()];
    await replaceSecret(owner, shop.id, shop.provider, SECOND, 168);
    await replaceSecret(owner, shop.id, shop.provider, THIRD, 168);
    expect(await counting(shop)).toEqual([THIRD, SECOND]);
  });

  test('the old one can be ended before its time, the one in force cannot', async () => {
    const [owner, shop] = [await makeOwner(), await openShop()];
    await replaceSecret(owner, shop.id, shop.provider, SECOND, 168);
    const [current, previous] = await listLiveSecrets(shop.id);
    expect([current?.endsAt, previous?.hint]).toEqual([null, shop.key.slice(-4)]);
    expect(await endOldSecret(owner, shop.id, current?.id ?? '')).toBe(false);
    expect(await endOldSecret(owner, crypto.randomUUID(), previous?.id ?? '')).toBe(false);
    expect(await endOldSecret(owner, shop.id, previous?.id ?? '')).toBe(true);
    expect(await counting(shop)).toEqual([SECOND]);
    expect((await audited(database(), shop)).map(({ action }) => action)).toEqual([
      'project.create',
      'secret.replace',
      'secret.end',
    ]);
  });

  test('of two people who replace it at one moment both or one succeed, and one secret is in force', async () => {
    const [owner, shop] = [await makeOwner(), await openShop()];
    const told = await Promise.all(
      [SECOND, THIRD].map((value) => replaceSecret(owner, shop.id, shop.provider, value, 24)),
    );
    expect(told).toContain('replaced');
    const secrets = await listLiveSecrets(shop.id);
    expect(secrets.filter(({ endsAt }) => endsAt === null)).toHaveLength(1);
    expect(secrets.length).toBeLessThanOrEqual(2);
  });

  test('who reveals a secret is written down, without the secret; nobody but an owner is given one', async () => {
    const [owner, shop] = [await makeOwner(), await openShop()];
    const [secret] = await listLiveSecrets(shop.id);
    expect(secret?.strength).toBe('strong');
    const manager = accessOf({ staffId: owner.staffId, role: 'manager' });
    expect(await revealSecret(manager, shop.id, secret?.id ?? '')).toBeNull();
    expect(await revealSecret(owner, crypto.randomUUID(), secret?.id ?? '')).toBeNull();
    expect(await audited(database(), shop)).toHaveLength(1);
    expect(await revealSecret(owner, shop.id, secret?.id ?? '')).toBe(shop.key);
    const log = await audited(database(), shop);
    expect(log.map(({ action }) => action)).toEqual(['project.create', 'secret.reveal']);
    expect(JSON.stringify(log)).not.toContain(shop.key);
  });

  test('a sealed secret moved to another project does not open there; one sealed before that was so still opens', async () => {
    const [shop, thief] = [await openShop(), await openShop()];
    const move = `update project_secrets set ends_at = now() where project_id = $2::uuid and signer = 'live' and $1::text <> ''`;
    await query(database(), move, [shop.id, thief.id]);
    await query(
      database(),
      `update project_secrets set project_id = $2::uuid where project_id = $1::uuid and signer = 'live'`,
      [shop.id, thief.id],
    );
    forgetProjects();
    await expect(counting(thief)).rejects.toThrow('does not open');

    const old = await openShop();
    const [row] = await query<{ id: string }>(
      database(),
      `select id::text as id from project_secrets where project_id = $1::uuid and signer = 'live'`,
      [old.id],
    );
    const { sealed } = seal(JSON.stringify({ verify: SECOND, sign: null }), formerSecretOwner(row?.id ?? ''));
    await database().run({ name: null, text: 'update project_secrets set sealed = $2::bytea where id = $1::uuid' }, [
      row?.id ?? '',
      sealed,
    ]);
    forgetProjects();
    expect(await counting(old)).toEqual([SECOND]);
  });
});
