import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDatabase, isUnavailable, type Statement, sqlState } from './client';
import { auditLog, invoices, postbacks, projects } from './schema';
import { everyDriver } from './testing';

const values: Statement = {
  name: 'test_values',
  text: `select 'Ünï✓'::text as text, 7::int2 as int2, -8::int4 as int4, 9::int8 as int8, true as yes, false as no,
    null::text as nothing, array['a', 'b"c', 'd\\e', '', 'null', null] as list, '{}'::text[] as empty,
    array['6b0f3a52-8f0b-4c5e-9a53-0f2a7f1d9c11']::uuid[] as ids,
    '{"a":[1,{"b":null}]}'::json as json, '[true,"x"]'::jsonb as jsonb, 'null'::jsonb as json_null,
    1.500::numeric as numeric, '\\x00ff'::bytea as bytes, '2026-01-27 10:20:04.222439+00'::timestamptz::text as instant`,
};

const echo: Statement = {
  name: 'test_echo',
  text: `select $1::text as text, $2::int4 as number, $3::boolean as flag, $4::bytea as bytes, $5::text[] as list,
    $6::jsonb as json, $7::timestamptz = '2026-01-27T10:20:04.222439Z' as same, $8::numeric as digits, $9::text as nothing`,
};

everyDriver((database, driver) => {
  describe('run', () => {
    it('reads every type the same', async () => {
      expect(await database().run(values, [])).toEqual([
        {
          text: 'Ünï✓',
          int2: 7,
          int4: -8,
          int8: '9',
          yes: true,
          no: false,
          nothing: null,
          list: ['a', 'b"c', 'd\\e', '', 'null', null],
          empty: [],
          ids: ['6b0f3a52-8f0b-4c5e-9a53-0f2a7f1d9c11'],
          json: { a: [1, { b: null }] },
          jsonb: [true, 'x'],
          json_null: null,
          numeric: '1.500',
          bytes: '\\x00ff',
          instant: '2026-01-27 10:20:04.222439+00',
        },
      ]);
    });

    it('writes every parameter the same, twice under one name', async () => {
      const list = ['a,b', '"', '\\', '', 'NULL', '{}'];
      const json = JSON.stringify({ text: 'it\'s "so"' });
      const sent = ["'; drop table x --", 5, false, new Uint8Array([0, 92, 255]), list, json] as const;
      for (const _ of [1, 2]) {
        const [row] = await database().run(echo, [...sent, '2026-01-27T10:20:04.222439Z', '0.10', null]);
        expect(row).toEqual({
          text: sent[0],
          number: 5,
          flag: false,
          bytes: '\\x005cff',
          list,
          json: { text: 'it\'s "so"' },
          same: true,
          digits: '0.10',
          nothing: null,
        });
      }
    });

    it('throws what PostgreSQL says, with its SQLSTATE, and goes on', async () => {
      const insert = { name: 'test_setting', text: `insert into settings (time_zone) values ($1)` };
      await database().run(insert, ['Europe/Kyiv']);
      const error: unknown = await database()
        .run(insert, ['UTC'])
        .catch((caught: unknown) => caught);
      expect(sqlState(error)).toBe('23505');
      expect(isUnavailable(error)).toBe(false);
      expect(await database().run({ name: 'test_one', text: 'select 1 as one' }, [])).toEqual([{ one: 1 }]);
    });

    it('takes many at once', async () => {
      const numbers = Array.from({ length: 50 }, (_, index) => index);
      const rows = await Promise.all(
        numbers.map((number) => database().run({ name: 'test_number', text: 'select $1::int4 as number' }, [number])),
      );
      expect(rows.flat()).toEqual(numbers.map((number) => ({ number })));
    });
  });

  describe('the builder', () => {
    it('keeps microseconds, digits, bytes, lists and documents', async () => {
      const { orm } = database();
      const [project] = await orm
        .insert(projects)
        .values({ name: 'Shop', provider: 'trybit', key: 'test-key' })
        .returning();
      if (!project) throw new Error('no project');
      const at = '2026-01-27T10:20:04.222439Z';
      const row = {
        id: '6b0f3a52-8f0b-8c5e-9a53-0f2a7f1d9c11',
        projectId: project.id,
        providerInvoiceId: 'A1',
        signer: 'live' as const,
        status: 'paid',
        statusRaw: 'success',
        amount: '1234567890.1234567890',
        isTest: false,
        testModeKnown: true,
        attention: ['a"b', 'c'],
        createdAt: at,
        updatedAt: at,
        search: `'o:a''1'`,
        version: 1,
        state: { amount: '1.10', list: [] },
        people: new Uint8Array([0, 1, 254, 255]),
      };
      await orm.insert(invoices).values(row);
      const [read] = await orm.select().from(invoices).where(eq(invoices.id, row.id));
      expect({ ...read, people: Array.from(read?.people ?? []) }).toEqual({
        ...row,
        people: [0, 1, 254, 255],
        orderId: null,
        currency: null,
        amountUsd: null,
        customerName: null,
        cashOnDelivery: null,
        paidAt: null,
        timeSource: null,
        encryptionKeyId: null,
      });
    });

    it('reads and counts rows that the database filled in itself', async () => {
      const { orm } = database();
      const [entry] = await orm.insert(auditLog).values({ action: 'test' }).returning();
      expect(entry?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      expect(await orm.$count(auditLog)).toBe(1);
      expect(await orm.select({ xact: postbacks.xact }).from(postbacks)).toEqual([]);
    });

    it('fails with the SQLSTATE within reach', async () => {
      const { orm } = database();
      const twice = { name: 'Shop', provider: 'trybit', key: 'same-key' };
      await orm.insert(projects).values(twice);
      const error: unknown = await orm
        .insert(projects)
        .values(twice)
        .catch((caught: unknown) => caught);
      expect(sqlState(error)).toBe('23505');
    });
  });

  it('is the database of the deployment', async () => {
    expect((await getDatabase()).driver).toBe(driver.split(' ')[0]);
    expect(await getDatabase()).toBe(database());
  });
});
