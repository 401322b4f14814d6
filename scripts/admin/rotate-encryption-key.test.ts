import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDatabase, type Database, openDatabase, setDatabase } from '@/lib/db/client';
import { createTestPostgres, type TestPostgres } from '@/lib/db/testing';
import { getEnv, rereadEnv } from '@/lib/env';
import { NOON, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { forgetProjects } from '@/lib/projects/find';
import { search } from '@/lib/search/find';
import { accessOf } from '@/lib/staff/access.testing';
import { open } from '@/lib/vault';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MANY = 6_000;

const oldKey = randomBytes(32).toString('base64');
const newKey = randomBytes(32).toString('base64');

function useKeys(current: string, previous = ''): void {
  vi.stubEnv('ENCRYPTION_KEY', current);
  vi.stubEnv('ENCRYPTION_KEY_PREVIOUS', previous);
  rereadEnv();
  forgetProjects();
}

/** The command as an operator runs it. */
function command(url: string): ChildProcess {
  return spawn(process.execPath, ['dist/admin.js', 'rotate-encryption-key'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: url,
      AUTH_SECRET: 'long enough to sign the sessions with',
      ENCRYPTION_KEY: newKey,
      ENCRYPTION_KEY_PREVIOUS: oldKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly lines: readonly string[];
}

/** Runs it to its end, or until a line of its progress is the last it says. */
function run(url: string, until?: RegExp): Promise<Ended> {
  const child = command(url);
  const lines: string[] = [];
  let out = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
    });
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        lines.push(line);
        if (until?.test(line)) child.kill('SIGKILL');
      });
    }
    child.once('error', reject).once('close', (code) => resolve({ code, out, lines }));
  });
}

async function sealedWith(database: Database, keyId: string): Promise<number> {
  const text = `select ((select count(*) from postbacks where encryption_key_id = $1::text)
    + (select count(*) from postbacks where request_key_id = $1::text)
    + (select count(*) from invoices where encryption_key_id = $1::text)
    + (select count(*) from projects where encryption_key_id = $1::text)
    + (select count(*) from project_secrets where encryption_key_id = $1::text))::int as count`;
  const [row] = await query<{ count: number }>(database, text, [keyId]);
  return row?.count ?? 0;
}

/** Rows like one that is there, sealed with the old key, so that there is something to be interrupted in. */
async function multiply(database: Database): Promise<void> {
  const { seal } = await import('@/lib/vault');
  const [one] = await query<{ id: string; key_id: string; body: string }>(
    database,
    `select id::text as id, encryption_key_id as key_id, encode(body, 'base64') as body from postbacks where body is not null limit 1`,
  );
  if (!one) throw new Error('There is no postback to copy');
  const plain = open({ sealed: Buffer.from(one.body, 'base64'), keyId: one.key_id }, `postbacks:${one.id}`);
  const copies = Array.from({ length: MANY }, () => {
    const id = crypto.randomUUID();
    const { sealed, keyId } = seal(plain, `postbacks:${id}`);
    return { id, key_id: keyId, body: Buffer.from(sealed).toString('base64') };
  });
  await query(
    database,
    `insert into postbacks (id, project_id, received_at, outcome, answer_status, body, encryption_key_id, body_size)
     select x.id, p.project_id, p.received_at, 'refused', 401, decode(x.body, 'base64'), x.key_id, 1
     from json_to_recordset($1::text::json) as x(id uuid, key_id text, body text), (select * from postbacks where id = $2::uuid) p`,
    [JSON.stringify(copies), one.id],
  );
}

async function found(text: string): Promise<number> {
  const groups = await search(accessOf({ staffId: crypto.randomUUID() }), text);
  return groups.reduce((sum, { hits }) => sum + hits.length, 0);
}

describe('A rotation of the encryption key on PostgreSQL', { shuffle: false }, () => {
  let postgres: TestPostgres;
  let database: Database;
  let shop: Shop;
  let first: ReturnType<typeof card>;
  const card = (): ReturnType<typeof sample> => ({
    ...sample(shop, 'card'),
    client_phone: '+380671234567',
    client_email: 'Olena@Shop.example',
  });

  beforeAll(async () => {
    useKeys(oldKey);
    postgres = await createTestPostgres();
    database = await openDatabase({ url: postgres.url });
    setDatabase(database);
    shop = await openShop('novapay');
    first = card();
    expect((await post(shop, first)).status).toBe(200);
    await multiply(database);
  });
  afterAll(async () => {
    await closeDatabase();
    await postgres.drop();
    vi.unstubAllEnvs();
    rereadEnv();
  });

  it('goes on where it was killed, while postbacks come in and people are found, and ends with nothing under the old key', async () => {
    const [{ id: oldId }] = getEnv().encryptionKeys;
    const before = await sealedWith(database, oldId);
    expect(before).toBeGreaterThan(MANY);
    useKeys(newKey, oldKey);
    expect(await found('067 123 45 67')).toBe(1);

    const killed = await run(postgres.url, /^postbacks: \d+ of/);
    expect(killed.code).toBeNull();
    const left = await sealedWith(database, oldId);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(before);
    expect(await found('067 123 45 67')).toBe(1);

    // This process goes on taking postbacks, as a server does.
    let answered = true;
    const rest = run(postgres.url);
    const ended = rest.then(() => true);
    const posted = (async () => {
      for (let nth = 0; nth < 40; nth += 1) {
        const again = { ...card(), id: `session-${nth}`, client_phone: `+38050000${1000 + nth}` };
        answered &&= (await post(shop, again, { now: new Date(NOON.getTime() + nth * 1000) })).status === 200;
      }
    })();
    await Promise.all([ended, posted]);
    const { code, out, lines } = await rest;
    expect([code, answered]).toEqual([0, true]);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ remaining: 0, resealed: left });
    expect(lines.at(-1)).toContain('Nothing is sealed with an old key any more');
    expect(await sealedWith(database, oldId)).toBe(0);

    useKeys(newKey);
    expect(await found('067 123 45 67')).toBe(1);
    expect(await found('olena@shop.example')).toBeGreaterThan(0);
    expect(await found('+380500001007')).toBe(1);
    expect((await post(shop, { ...card(), id: 'later' })).status).toBe(200);
    // What was said under the old key is recognised.
    expect((await post(shop, first)).status).toBe(200);
    const [copies] = await query<{ count: number }>(
      database,
      `select count(*)::int as count from postbacks where outcome = 'duplicate' and event is null`,
    );
    expect(copies?.count).toBe(1);
    const rows = await query<{ id: string; key_id: string; body: string }>(
      database,
      `select id::text as id, encryption_key_id as key_id, encode(body, 'base64') as body from postbacks where body is not null`,
    );
    for (const { id, key_id: keyId, body } of rows)
      expect(open({ sealed: Buffer.from(body, 'base64'), keyId }, `postbacks:${id}`).length).toBeGreaterThan(0);
  });

  it('says which key is missing, and leaves everything as it is', async () => {
    const foreign = `update project_secrets set encryption_key_id = 'deadbeef' where project_id = $1::uuid`;
    await query(database, foreign, [shop.id]);
    const { code, lines, out } = await run(postgres.url);
    expect([code, out]).toEqual([1, '']);
    expect(lines.at(-1)).toContain('encrypted with key deadbeef');
  });
});
