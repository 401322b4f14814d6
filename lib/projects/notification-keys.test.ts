import { expect, test } from 'vitest';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { listSilent } from '@/lib/overview/silence';
import { NOON, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { type Access, ROLES } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { setArchived } from './archive';
import { listProjectChoices, offeredProjects } from './choices';
import { endFormerUrl, issueNotificationUrl, listFormerUrls } from './notification-keys';
import { getProject } from './queries';

const HOUR_MS = 3_600_000;

async function makeOwner(): Promise<Access> {
  const email = `${crypto.randomUUID()}@shop.example`;
  const { id } = await createStaff({ email, name: 'Olena', role: 'owner', password: 'three grey herons' });
  return accessOf({ staffId: id });
}

const keyOf = ({ path }: Pick<Shop, 'path'>): string => path.slice('/api/postbacks/'.length);

/** The shop under its present URL. */
async function present(owner: Access, shop: Shop): Promise<Shop> {
  return { ...shop, path: (await getProject(owner, shop.id))?.notificationPath ?? '' };
}

async function postAt(shop: Shop, order: string, now = new Date()): Promise<number> {
  const { invoice_info: _, ...fields } = sample(shop, 'paid');
  return (await post(shop, { ...fields, invoice_id: order, order_id: order }, { now })).status;
}

async function acts(database: Database, shop: Shop): Promise<readonly string[]> {
  const rows = await query<{ line: string }>(
    database,
    `select action || ' ' || coalesce(object, '') || ' ' || coalesce(before::text, '') || coalesce(after::text, '') as line
     from audit_log where project_id = $1::uuid and action <> 'project.create' order by at`,
    [shop.id],
  );
  return rows.map(({ line }) => line);
}

everyDriver((database) => {
  test('the old URL takes postbacks until its end, marked, and is then as unknown as any', async () => {
    const [owner, old] = [await makeOwner(), await openShop()];
    expect(await issueNotificationUrl(owner, old.id, keyOf(old), 24)).toBe(true);
    const shop = await present(owner, old);
    expect(keyOf(shop)).toMatch(/^[\w-]{32}$/);
    expect(keyOf(shop)).not.toBe(keyOf(old));

    expect(await postAt(shop, 'NEWURL01')).toBe(200);
    expect(await postAt(old, 'OLDURL01')).toBe(200);
    const rows = await query<{ order: string; flags: string }>(
      database(),
      `select i.order_id as order, p.flags::text as flags from postbacks p join invoices i on i.id = p.invoice_id
       where p.project_id = $1::uuid order by 1`,
      [shop.id],
    );
    expect(rows.map(({ order, flags }) => [order, flags.includes('old_url')])).toEqual([
      ['NEWURL01', false],
      ['OLDURL01', true],
    ]);
    const [former, ...others] = await listFormerUrls(owner, shop.id);
    expect(others).toEqual([]);
    expect(former).toMatchObject({ path: old.path, ended: false });
    expect(former?.usedAt).not.toBeNull();

    expect(await postAt(old, 'OLDURL02', new Date(Date.now() + 24 * HOUR_MS - 60_000))).toBe(200);
    expect(await postAt(old, 'OLDURL03', new Date(Date.now() + 24 * HOUR_MS + 60_000))).toBe(404);
    expect(await postAt(shop, 'NEWURL02', new Date(Date.now() + 24 * HOUR_MS + 60_000))).toBe(200);
  });

  test('the old URL may end at once, or before its time; what it took stays', async () => {
    const [owner, first] = [await makeOwner(), await openShop()];
    expect(await postAt(first, 'BEFORE01')).toBe(200);
    await issueNotificationUrl(owner, first.id, keyOf(first), 0);
    expect(await postAt(first, 'BEFORE02')).toBe(404);
    const second = await present(owner, first);
    await issueNotificationUrl(owner, first.id, keyOf(second), 720);
    expect(await postAt(second, 'BEFORE03')).toBe(200);
    const [former] = await listFormerUrls(owner, first.id);
    expect(former).toMatchObject({ path: second.path, ended: false });
    expect(await endFormerUrl(owner, first.id, former?.id ?? '')).toBe(true);
    expect(await endFormerUrl(owner, first.id, former?.id ?? '')).toBe(false);
    expect(await postAt(second, 'BEFORE04')).toBe(404);
    expect(await postAt(await present(owner, first), 'BEFORE05')).toBe(200);
    expect((await listFormerUrls(owner, first.id)).every(({ ended }) => ended)).toBe(true);
    const [kept] = await query<{ count: number }>(
      database(),
      'select count(*)::int as count from invoices where project_id = $1::uuid',
      [first.id],
    );
    expect(kept?.count).toBe(3);
  });

  test('pressed many times at once, one URL is issued, and no URL of before is lost', async () => {
    const [owner, old] = [await makeOwner(), await openShop()];
    const issued = await Promise.all(
      Array.from({ length: 5 }, () => issueNotificationUrl(owner, old.id, keyOf(old), 24)),
    );
    expect(issued.filter(Boolean)).toHaveLength(1);
    expect((await listFormerUrls(owner, old.id)).map(({ path }) => path)).toEqual([old.path]);
    expect(await postAt(old, 'ATONCE01')).toBe(200);
    expect(await postAt(await present(owner, old), 'ATONCE02')).toBe(200);
  });

  test('only an owner issues and ends one, and the audit log has no whole URL', async () => {
    const [owner, old] = [await makeOwner(), await openShop()];
    for (const role of ROLES.filter((one) => one !== 'owner')) {
      const access = accessOf({ staffId: owner.staffId, role });
      expect(await issueNotificationUrl(access, old.id, keyOf(old), 24)).toBe(false);
      expect(await setArchived(access, old.id, true)).toBe(false);
    }
    await issueNotificationUrl(owner, old.id, keyOf(old), 24);
    const [former] = await listFormerUrls(owner, old.id);
    expect(await endFormerUrl(accessOf({ staffId: owner.staffId, role: 'manager' }), old.id, former?.id ?? '')).toBe(
      false,
    );
    await endFormerUrl(owner, old.id, former?.id ?? '');
    const lines = await acts(database(), old);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['url.issue', 'url.end']);
    const now = keyOf(await present(owner, old));
    for (const key of [keyOf(old), now]) {
      expect(lines.join('\n')).toContain(key.slice(-4));
      expect(lines.join('\n')).not.toContain(key);
    }
  });

  test('an archived project takes postbacks as before, and is offered only where it is chosen', async () => {
    const [owner, shop] = [await makeOwner(), await openShop()];
    const mine = accessOf({ staffId: owner.staffId, projects: [shop.id] });
    expect(await setArchived(owner, shop.id, true)).toBe(true);
    expect(await setArchived(owner, shop.id, true)).toBe(false);
    expect(await postAt(shop, 'ARCHIVED')).toBe(200);
    const choices = await listProjectChoices(mine);
    expect(choices.map(({ id }) => id)).toEqual([shop.id]);
    expect(offeredProjects(choices, null)).toEqual([]);
    expect(offeredProjects(choices, shop.id)).toHaveLength(1);
    expect(offeredProjects(choices, [shop.id])).toHaveLength(1);
    expect((await getProject(owner, shop.id))?.archivedAt).not.toBeNull();
    expect(await setArchived(owner, shop.id, false)).toBe(true);
    expect(offeredProjects(await listProjectChoices(mine), null)).toHaveLength(1);
    expect((await acts(database(), shop)).map((line) => line.split(' ')[0])).toEqual([
      'project.archive',
      'project.unarchive',
    ]);
  });

  test('nobody is told that an archived project is silent', async () => {
    const [owner, shop] = [await makeOwner(), await openShop()];
    await query(
      database(),
      `insert into postbacks (id, project_id, received_at, outcome, answer_status, signer, verified, body_size)
       select gen_random_uuid(), $1::uuid, $2::timestamptz - n * interval '1 hour', 'accepted', 200, 'live', 'jwt', 1
       from generate_series(0, 671) n`,
      [shop.id, NOON.toISOString()],
    );
    const mine = accessOf({ staffId: owner.staffId, projects: [shop.id] });
    const later = new Date(NOON.getTime() + 30 * HOUR_MS);
    expect((await listSilent(mine, later, 5)).count).toBe(1);
    await setArchived(owner, shop.id, true);
    expect((await listSilent(mine, later, 5)).count).toBe(0);
  });
});
