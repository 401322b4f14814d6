import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase, setDatabase } from '@/lib/db/client';
import { createTestPostgres, type TestPostgres } from '@/lib/db/testing';
import { deliver, openShop, query } from '@/lib/postbacks/shop.testing';
import { Journal } from './journal';
import { judge } from './oracle-judge';
import type { Question } from './oracle-messages';
import { type Postback, sampleOf, toPostback } from './stories';

let postgres: TestPostgres;
let database: Database;
let journal: Journal;
let question: Question;
let paid: Postback;
const folder = mkdtempSync(join(tmpdir(), 'tillbell-oracle-'));

beforeAll(async () => {
  postgres = await createTestPostgres();
  database = await openDatabase({ url: postgres.url });
  setDatabase(database);
  const shop = await openShop();
  const { invoice_info: _, ...fields } = sampleOf(shop, 'paid');
  paid = await toPostback(shop, { ...fields, invoice_id: 'ORACLE01' }, 'ORACLE01');
  const signed = await shop.provider.sign(paid.fields, shop.key, { now: new Date() });
  for (const _copy of [1, 2]) expect((await deliver(shop, signed)).status).toBe(200);
  journal = new Journal(join(folder, 'journal'));
  for (const _copy of [1, 2]) await journal.add(paid.content);
  const expected = [{ project: shop.id, invoice: 'ORACLE01', transaction: 'payment 24.61 USDT_TRC20' }];
  question = { journal: journal.path, sent: { [paid.content]: 2 }, expected };
});

afterAll(async () => {
  journal.close();
  rmSync(folder, { recursive: true, force: true });
  await database.close();
  await postgres.drop();
});

/** What it says while `change` is so, which is undone afterwards. */
async function saidOf(change: string, undo: string): Promise<string> {
  await query(database, change);
  const { broken } = await judge(database, question);
  await query(database, undo);
  return broken.join('; ');
}

// Each test goes on where the one before it ended.
describe('the oracle', { shuffle: false }, () => {
  it('says nothing against what is as it was promised', async () => {
    const verdict = await judge(database, question);
    expect(verdict).toEqual({ acknowledged: 2, invoices: 1, replayed: 1, unanswered: 0, broken: [] });
  });

  it('misses what was acknowledged and is not there', async () => {
    const lost = new Journal(join(folder, 'lost'));
    for (const content of [paid.content, 'never arrived']) await lost.add(content);
    lost.close();
    const { broken } = await judge(database, { ...question, journal: lost.path });
    expect(broken.join()).toContain('1 contents were acknowledged oftener than they are in the ledger');
  });

  it('notices what is there oftener than it was sent', async () => {
    const { broken } = await judge(database, { ...question, sent: { [paid.content]: 1 } });
    expect(broken.join()).toContain('in the ledger oftener than they were sent');
  });

  it('notices money that the ledger does not tell of', async () => {
    const said = await saidOf(`update transactions set amount = 25`, `update transactions set amount = 24.61`);
    expect(said).toContain('ORACLE01 should have payment 24.61 USDT_TRC20 and has payment 25');
    expect(said).toContain('1 projects are otherwise when replayed from nothing');
  });

  it('notices a transaction that is there twice, an invoice that nobody spoke of, and miscounted copies', async () => {
    const twice = `insert into transactions select gen_random_uuid(), invoice_id, project_id, kind, amount, currency,
    amount_usd, tx_hashes, external_id, is_test, occurred_at, time_source from transactions`;
    expect(await saidOf(twice, 'select 1')).toContain('1 transactions that are there twice');
    expect(await saidOf('update postbacks set duplicates = 7 where position is not null', 'select 1')).toContain(
      '1 miscounted copies',
    );
  });
});
