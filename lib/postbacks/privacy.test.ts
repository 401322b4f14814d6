import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from '@/lib/db/client';
import { eachDatabase } from '@/lib/db/testing';
import { logTo } from '@/lib/log/log';
import { open } from '@/lib/vault';
import { altered, deliver, NOON, openShop, post, query, type Shop, sample, testKeyOf } from './shop.testing';

/** Every table of the schema as PostgreSQL prints its rows. */
async function dump(database: Database): Promise<string> {
  const tables = await query<{ name: string }>(
    database,
    `select table_name::text as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(8);
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await query<{ row: string }>(database, `select t::text as row from "${name}" t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

/** A text as it would stand in a column of text, of bytes or of JSON. */
function spellings(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [text, JSON.stringify(text).slice(1, -1), bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
}

async function bodyOf(database: Database, shop: Shop): Promise<Uint8Array> {
  const text = `select id::text as id, encode(body, 'base64') as sealed, encryption_key_id as key_id
                  from postbacks where project_id = $1::uuid`;
  const [row, ...others] = await query<{ id: string; sealed: string; key_id: string }>(database, text, [shop.id]);
  if (!row || others.length > 0) throw new Error('The shop has not exactly one postback');
  return open({ sealed: Buffer.from(row.sealed, 'base64'), keyId: row.key_id }, `postbacks:${row.id}`);
}

describe('The bytes of a postback', () => {
  eachDatabase((database) => {
    it.each([
      ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x22, 0x7d])],
      ['a byte order mark and blanks', new TextEncoder().encode('\uFEFF \r\n{"a": 1}\n\n')],
      ['every byte there is', Uint8Array.from({ length: 256 }, (_, index) => index)],
      ['nothing', new Uint8Array()],
    ])('are kept exactly: %s', async (_, body) => {
      const shop = await openShop();
      await deliver(shop, { body, headers: {} });
      expect(Buffer.from(await bodyOf(database(), shop))).toEqual(Buffer.from(body));
    });

    it('are kept exactly when they are accepted: numbers, order and blanks as sent', async () => {
      const shop = await openShop();
      const signed = await shop.provider.sign(sample(shop, 'paid'), shop.key, { now: NOON });
      const sent = altered(signed, '"amount_crypto":24.61', ' "amount_crypto" :\t24.6100e0 ');
      expect((await deliver(shop, sent)).status).toBe(200);
      expect(Buffer.from(await bodyOf(database(), shop))).toEqual(Buffer.from(sent.body));
    });
  });
});

describe('People’s data and secrets', () => {
  eachDatabase((database) => {
    it('stand in no table in plain text', async () => {
      const nova = await openShop('novapay');
      const crypto = await openShop();
      const card = sample(nova, 'card');
      const delivery = { ...(card.delivery as object), recipient_address: 'Khreshchatyk Street 22, flat 7' };
      await post(nova, { ...card, delivery });
      await post(nova, { ...card, delivery, client_email: 'second@shop.example' });
      await post(nova, { ...card, delivery }, { key: await testKeyOf(database(), nova) });
      await post(crypto, { ...sample(crypto, 'paid'), email: 'buyer@shop.example' });
      await post(crypto, { ...sample(crypto, 'paid'), email: 'refused@shop.example' }, { key: 'x'.repeat(36) });
      await deliver(crypto, { body: 'call +380671112233', headers: {} });

      const told = await dump(database());
      const hidden = [
        ...['+380500000001', '380500000002', 'olena@shop.example', 'second@shop.example', '203.0.113.17'],
        ...['Khreshchatyk', String((card.delivery as { recipient_warehouse: string }).recipient_warehouse)],
        ...['buyer@shop.example', 'refused@shop.example', '+380671112233'],
        ...[crypto.key, await testKeyOf(database(), crypto), (await testKeyOf(database(), nova)).slice(60, 120)],
      ];
      for (const text of hidden.flatMap(spellings)) expect(told).not.toContain(text);
      // The dump sees what it should: a name is kept in plain text, to be searched.
      expect(told).toContain('Коваленко');
    });
  });
});

describe('The log', () => {
  const said: string[] = [];
  const note = (...parts: readonly unknown[]): boolean => Boolean(said.push(parts.map(printed).join(' ')));
  const spies = [
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((level) => vi.spyOn(console, level)),
    vi.spyOn(process.stdout, 'write'),
    vi.spyOn(process.stderr, 'write'),
  ];
  let silent = (): void => {};
  beforeAll(() => {
    for (const spy of spies) spy.mockImplementation(note);
    silent = logTo(note);
  });
  afterAll(() => {
    silent();
    for (const spy of spies) spy.mockRestore();
  });

  eachDatabase((database) => {
    it('never says a token, a secret or what a body holds, not even when the write fails', async () => {
      const shop = await openShop();
      const fields = { ...sample(shop, 'paid'), order_id: 'ORDER-OF-THE-LOG', email: 'log@shop.example' };
      const signed = await shop.provider.sign(fields, shop.key, { now: NOON });
      const token = /"token":"([^"]+)"/.exec(new TextDecoder().decode(signed.body))?.[1] ?? '';
      expect(token.split('.')).toHaveLength(3);
      await query(database(), 'alter table transactions rename to elsewhere');
      try {
        expect((await deliver(shop, signed)).status).toBe(503);
      } finally {
        await query(database(), 'alter table elsewhere rename to transactions');
      }
      await deliver(shop, signed);
      await deliver(shop, altered(signed, '"amount_crypto":24.61', '"amount_crypto":1'));
      await post(shop, fields, { key: 'k'.repeat(36) });
      await deliver(shop, { body: `{"token":"${token}"`, headers: {} });

      const log = said.join('\n');
      expect(log).toContain('could not be stored');
      for (const outcome of ['unavailable', 'accepted', 'contradiction', 'refused', 'unreadable'])
        expect(log).toContain(`"outcome":"${outcome}"`);
      expect(log).toContain(shop.id);
      const [, , signature = ''] = token.split('.');
      for (const text of [token, signature, shop.key, 'ORDER-OF-THE-LOG', 'log@shop.example', shop.path.slice(15)]) {
        expect(log).not.toContain(text);
      }
    });
  });
});

/** As the console would print it, errors with all that hangs on them. */
function printed(part: unknown): string {
  if (!(part instanceof Error)) return typeof part === 'string' ? part : JSON.stringify(part);
  const extra = JSON.stringify(part, Object.getOwnPropertyNames(part));
  return `${extra} ${part.cause === undefined ? '' : printed(part.cause)}`;
}
