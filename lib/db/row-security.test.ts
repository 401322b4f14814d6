import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '@/lib/audit/verify';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { createStaff } from '@/lib/staff/create';
import { closeDatabase, type Database, openDatabase, setDatabase } from './client';
import { migrate } from './migrate';
import { invoices } from './schema';
import { neonUrl, startNeonStandIn } from './testing-neon';
import { createDatabase } from './testing-postgres';
import { type RowSecuredDatabase, startWithRowSecurity } from './testing-row-security';

/** What belongs to no project. A new table goes here, or has a `project_id`, or has a policy of its own in `row-security.ts`. */
const WITHOUT_PROJECT = [
  'claims_index',
  'invitations',
  'password_resets',
  'people_lookup_counts',
  'people_lookups',

  'recovery_codes',
  'search_index',
  'second_factors',
  'sessions',
  'settings',
  'sign_in_failures',
  'staff',
];

const TABLES = ['invoices', 'transactions', 'deliveries', 'postbacks', 'project_secrets', 'audit_log'];

let divided: RowSecuredDatabase;
let neon: Awaited<ReturnType<typeof startNeonStandIn>>;

beforeAll(async () => {
  divided = await startWithRowSecurity();
  neon = await startNeonStandIn(divided.serverUrl);
});

afterAll(async () => {
  await neon.stop();
  await divided.stop();
});

describe.each(['pg', 'neon', 'neon over sockets'] as const)('the application’s role on %s', (driver) => {
  let database: Database;
  let mine: Shop;
  let theirs: Shop;
  let staffId: string;

  beforeAll(async () => {
    // One connection: whatever a read left on it, the next one would find.
    const limits = { connections: 1 };
    const { appUrl } = divided;
    database = await openDatabase(
      driver === 'pg'
        ? { url: appUrl, limits }
        : { url: neonUrl(appUrl), neonEndpoint: neon.endpoint, sockets: driver !== 'neon', limits },
    );
    setDatabase(database);
    [mine, theirs] = [await openShop('novapay'), await openShop('novapay')];
    for (const shop of [mine, theirs]) {
      expect((await post(shop, sample(shop, 'waybill-failed'))).status).toBe(200);
    }
    const email = `${driver.replaceAll(' ', '-')}@shop.example`;
    staffId = (await createStaff({ email, name: 'A', role: 'support', password: 'three grey herons' })).id;
  });
  afterAll(closeDatabase);

  const projectsIn = async (reader: Database, table: string): Promise<readonly string[]> => {
    const rows = await query<{ id: string }>(
      reader,
      `select distinct project_id::text as id from ${table} where project_id is not null`,
    );
    return rows.map(({ id }) => id).sort();
  };

  it.each(TABLES)('reads of %s whose filter was forgotten the rows of one’s projects alone', async (table) => {
    const reader = await database.within({ staffId, projects: [mine.id] });
    expect(await projectsIn(reader, table)).toEqual([mine.id]);
    expect(await projectsIn(database, table)).toEqual(expect.arrayContaining([mine.id, theirs.id].sort()));
  });

  it('sees as little through the builder, a scan and what hangs on another row', async () => {
    const note = `insert into invoice_notes (invoice_id, staff_id, text)
      select id, $1::uuid, 'n' from invoices where project_id = $2::uuid`;
    for (const shop of [mine, theirs]) await query(database, note, [staffId, shop.id]);
    const reader = await database.within({ staffId, projects: [mine.id] });
    const built = await reader.orm.select({ id: invoices.projectId, at: invoices.createdAt }).from(invoices);
    expect(built.map(({ id }) => id)).toEqual([mine.id]);
    expect(built[0]?.at).toMatch(/^2026-01-27T.*Z$/);
    expect(await reader.orm.$count(invoices)).toBe(1);
    const scanned: string[] = [];
    const scan = reader.scan<{ at: string; id: string; project: string }>((after) => ({
      text: `select created_at::text as at, id::text as id, project_id::text as project from invoices
        where $1::text is null or id::text > $1 order by id`,
      parameters: [after?.id ?? null],
    }));
    for await (const rows of scan) scanned.push(...rows.map(({ project }) => project));
    expect(scanned).toEqual([mine.id]);
    expect(await query(reader, 'select text from invoice_notes')).toHaveLength(1);
    expect(await query(reader, 'select name from projects')).toHaveLength(1);
  });

  it('sees nothing at all without a project, and of the audit log what one did oneself', async () => {
    const reader = await database.within({ staffId, projects: [] });
    for (const table of TABLES) expect(await projectsIn(reader, table), table).toEqual([]);
    await query(database, `insert into audit_log (staff_id, action) values ($1::uuid, 'test.own')`, [staffId]);
    expect(await query(reader, 'select action from audit_log')).toEqual([{ action: 'test.own' }]);
  });

  it('leaves nothing behind: the next read on the same connection sees everything', async () => {
    const reader = await database.within({ staffId, projects: [mine.id] });
    await Promise.all([query(reader, 'select 1 as one'), query(database, 'select 1 as one')]);
    await expect(query(reader, 'select 1 / 0 as wrong')).rejects.toThrow(/division by zero/);
    const [left] = await query(
      database,
      `select current_user::text as who, current_setting('tillbell.projects', true) as p`,
    );
    // Empty where the connection had the setting before, null where it never had.
    expect(left).toEqual({ who: 'the_app', p: driver === 'neon over sockets' ? null : '' });
    expect(await projectsIn(database, 'invoices')).toEqual(expect.arrayContaining([theirs.id]));
  });

  it('writes nothing while it reads for somebody', async () => {
    const reader = await database.within({ staffId, projects: [mine.id] });
    await expect(query(reader, `update invoices set order_id = 'x'`)).rejects.toThrow(/permission denied/);
    await expect(query(reader, 'select id from sessions')).rejects.toThrow(/permission denied/);
  });

  it('reads of no table what lets somebody sign in or guess', async () => {
    const reader = await database.within({ staffId, projects: [mine.id] });
    expect(await query(reader, 'select email, name, role from staff')).not.toEqual([]);
    expect(await query(reader, 'select count(*)::int as count from projects')).toEqual([{ count: 1 }]);
    for (const text of [
      'select password_hash from staff',
      'select * from staff',
      'select to_jsonb(s) from staff s',
      'select digest_key from projects',
      'select sealed from second_factors',
      'select code_hash from recovery_codes',
      'select token_hash from password_resets',
      'select token_hash from invitations',
      'select id, proof from sessions',
      'select account from sign_in_failures',
    ])
      await expect(query(reader, text), text).rejects.toThrow(/permission denied/);
  });

  it('adds to the audit log and can do nothing else to it', async () => {
    for (const table of ['audit_log', 'audit_chain']) {
      for (const text of [`delete from ${table}`, `update ${table} set hash = hash`, `truncate ${table}`])
        await expect(query(database, text)).rejects.toThrow(/permission denied|does not exist/);
      await expect(query(database, `alter table ${table} disable trigger all`)).rejects.toThrow(/must be owner/);
    }
    const link = `insert into audit_chain (position, entry_id, previous_hash, hash) values (9999, gen_random_uuid(), '', '')`;
    await expect(query(database, link)).rejects.toThrow(/permission denied/);
    expect(await verifyAudit()).toMatchObject({ holds: true });
  });

  it('is held up by no policy in what it reads for itself', async () => {
    const plan = await query<Record<string, string>>(database, 'explain select id from invoices where version = 1');
    const text = plan.flatMap((row) => Object.values(row)).join(' ');
    expect(text).not.toMatch(/InitPlan|SubPlan|tillbell/);
  });
});

it('every table is walled, or known to belong to no project', async () => {
  const owner = await openDatabase({ url: divided.ownerUrl });
  const rows = await owner.orm
    .select({ name: sql<string>`c.relname::text` })
    .from(sql`pg_class c`)
    .where(sql`c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relrowsecurity`);
  await owner.close();
  expect(rows.map(({ name }) => name).sort()).toEqual(WITHOUT_PROJECT);
});

it('takes back what the staff role could read before', async () => {
  const owner = await openDatabase({ url: divided.ownerUrl });
  await query(owner, 'grant select on staff, projects to the_app_staff');
  await owner.close();
  await migrate({ url: divided.ownerUrl, appUrl: divided.appUrl });
  const app = await openDatabase({ url: divided.appUrl });
  const reader = await app.within({ staffId: crypto.randomUUID(), projects: [] });
  await expect(query(reader, 'select password_hash from staff')).rejects.toThrow(/permission denied/);
  await app.close();
});

it('may be divided again and again, by two at once', async () => {
  const both = { url: divided.ownerUrl, appUrl: divided.appUrl };
  expect(await Promise.all([migrate(both), migrate(both)])).toEqual([0, 0]);
});

it('is left alone where one role is both', async () => {
  const url = await createDatabase(divided.serverUrl, 'single');
  await migrate({ url, appUrl: `${url}?application_name=other` });
  const single = await openDatabase({ url });
  const [policies] = await query<{ count: string }>(single, 'select count(*)::int as count from pg_policies');
  expect(policies?.count).toBe(0);
  expect(await single.within({ staffId: '', projects: [] })).toBe(single);
  await single.close();
});
