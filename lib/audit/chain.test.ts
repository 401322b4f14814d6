import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { query } from '@/lib/postbacks/shop.testing';
import { accessOf } from '@/lib/staff/access.testing';
import { recordAct } from './record';
import { verifyAudit } from './verify';

async function makeMember(database: Database, role = 'manager'): Promise<string> {
  const id = randomUUID();
  await query(
    database,
    `insert into staff (id, email, name, role, password_hash) values ($1::uuid, $1 || '@shop.example', 'A', $2, '-')`,
    [id, role],
  );
  return id;
}

async function write(database: Database, action: string): Promise<string> {
  const id = randomUUID();
  await query(
    database,
    `insert into audit_log (id, action, object, detail) values ($1::uuid, $2, 'o', '{"b": 1.50, "a": "ї"}')`,
    [id, action],
  );
  return id;
}

/** What only the owner of the tables can do, and undoes afterwards. */
async function asVandal(database: Database, text: string, parameters: readonly string[]): Promise<void> {
  for (const table of ['audit_log', 'audit_chain']) await query(database, `alter table ${table} disable trigger user`);
  await query(database, text, parameters);
  for (const table of ['audit_log', 'audit_chain']) await query(database, `alter table ${table} enable trigger user`);
}

everyDriver(
  (database) => {
    test('an empty log holds, and so does one that many write at once', async () => {
      expect(await verifyAudit()).toEqual({ holds: true, entries: 0, head: '00'.repeat(32) });
      await Promise.all(Array.from({ length: 40 }, (_, index) => write(database(), `test.${index}`)));
      await query(database(), `insert into audit_log (action) select 'many.' || n from generate_series(1, 5) n`);
      expect(await verifyAudit()).toMatchObject({ holds: true, entries: 45 });
    });

    test('who writes an act without a role is given that of the moment', async () => {
      const staffId = await makeMember(database());
      await recordAct(accessOf({ staffId, role: 'manager' }), { action: 'test.role' });
      await query(database(), `insert into audit_log (staff_id, action) values ($1::uuid, 'test.role')`, [staffId]);
      await query(database(), `update staff set role = 'support' where id = $1::uuid`, [staffId]);
      const roles = await query(database(), `select role from audit_log where staff_id = $1::uuid`, [staffId]);
      expect(roles).toEqual([{ role: 'manager' }, { role: 'manager' }]);
    });

    test('an act that fails leaves no link, and the next one follows the last', async () => {
      const before = await verifyAudit();
      await expect(
        query(database(), `insert into audit_log (action, staff_id) values ('test.fails', $1::uuid)`, [randomUUID()]),
      ).rejects.toThrow();
      expect(await verifyAudit()).toEqual(before);
      await write(database(), 'test.next');
      expect(await verifyAudit()).toMatchObject({ holds: true });
    });

    test.each([
      ['audit_log', `update audit_log set action = 'nothing'`],
      ['audit_log', 'delete from audit_log'],
      ['audit_log', 'truncate audit_log'],
      ['audit_chain', `update audit_chain set position = 0 where position = 1`],
      ['audit_chain', 'delete from audit_chain'],
      ['audit_chain', 'truncate audit_chain'],
    ])('%s refuses: %s', async (table, text) => {
      await expect(query(database(), text)).rejects.toThrow(`${table} is append-only`);
      expect(await verifyAudit()).toMatchObject({ holds: true });
    });

    test('the head that was noted is still in a longer chain, and another is not', async () => {
      const noted = await verifyAudit();
      await write(database(), 'test.later');
      expect(await verifyAudit(noted.holds ? noted.head : '')).toMatchObject({ holds: true });
      expect(await verifyAudit('ab'.repeat(32))).toMatchObject({ holds: false, why: 'head_missing' });
    });

    test('what somebody does past the triggers is found: the first row, and what was done to it', async () => {
      const [one, two] = [await write(database(), 'test.one'), await write(database(), 'test.two')];
      const found = { holds: false, position: expect.any(Number) };
      const restore = `update audit_log set detail = '{"b": 1.50, "a": "ї"}' where id = $1::uuid`;

      await asVandal(database(), `update audit_log set detail = '{"b": 1.5, "a": "ї"}' where id = $1::uuid`, [two]);
      expect(await verifyAudit()).toMatchObject({ ...found, why: 'changed', entryId: two });
      await asVandal(database(), `update audit_log set at = at + interval '1 microsecond' where id = $1::uuid`, [one]);
      expect(await verifyAudit()).toMatchObject({ ...found, why: 'changed', entryId: one });
      await asVandal(database(), `update audit_log set at = at - interval '1 microsecond' where id = $1::uuid`, [one]);
      await asVandal(database(), restore, [two]);
      expect(await verifyAudit()).toMatchObject({ holds: true });

      const loose = randomUUID();
      await asVandal(database(), `insert into audit_log (id, action) values ($1::uuid, 'test.forged')`, [loose]);
      expect(await verifyAudit()).toMatchObject({ holds: false, why: 'inserted', position: null, entryId: loose });
      await asVandal(database(), 'delete from audit_log where id = $1::uuid', [loose]);

      await asVandal(database(), 'delete from audit_log where id = $1::uuid', [one]);
      expect(await verifyAudit()).toMatchObject({ ...found, why: 'removed', entryId: one });
      await asVandal(database(), 'delete from audit_chain where entry_id = $1::uuid', [one]);
      expect(await verifyAudit()).toMatchObject({ ...found, why: 'removed', entryId: two });
    });
  },
  { shuffle: false },
);
