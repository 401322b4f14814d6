import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { identity } from '@/lib/crypto';
import type { Session } from '@/lib/db/session';
import { everyDriver } from '@/lib/db/testing';
import type { Receipt } from '@/lib/fold/state';
import { findMergedInvoice } from '@/lib/invoices/detail';
import type { Fields, Signer } from '@/lib/providers/provider';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { entryOf } from './entries.testing';
import { mergeSpellings } from './merge-spellings';
import { record } from './record';
import { replay } from './replay';
import { after, invoicesOf, ledger, openShop, post, query, type Shop, sample, transactionsOf } from './shop.testing';
import { eventWithoutPeople } from './stored-event';

const SESSION = '0b7a9f6e-5d1c-4f3a-9e2b-7c6d5e4f3a2b';
const UPPER = SESSION.toUpperCase();

describe('Sessions whose ids differ only in case', () => {
  everyDriver((database) => {
    const session: Session = { query: (text, parameters = []) => database().run({ name: null, text }, parameters) };

    /** As version 0.1 took it in: another spelling was another session. */
    async function take(shop: Shop, fields: Fields, seconds: number, signer: Signer = 'live'): Promise<string> {
      const parsed = shop.provider.parse(fields);
      if (!parsed.ok) throw new Error('It can be read');
      const event = { ...parsed.event, invoiceId: String(fields.id) };
      const receipt: Receipt = {
        event,
        grade: 'rsa',
        signer,
        receivedAt: after(seconds).toISOString().replace('Z', '000Z'),
      };
      const entry = entryOf(receipt, shop.id);
      const bytes = new TextEncoder().encode(JSON.stringify(fields));
      const arrival = { ...entry.arrival, bytes };
      await record({ ...entry, arrival, providerId: 'novapay' }, database());
      return entry.arrival.id;
    }

    async function twice(shop: Shop, more: Fields = {}): Promise<{ readonly upper: string; readonly lower: string }> {
      const paid = { ...sample(shop, 'card'), external_id: 'NP-4', amount: '53' };
      const delivery = { express_waybills: ['20450000000044'] };
      const upper = await take(shop, { ...paid, id: UPPER }, 0);
      const lower = await take(shop, { ...paid, id: SESSION, delivery, ...more }, 5);
      return { upper, lower };
    }

    const idOf = (shop: Shop, spelling: string): string => identity(shop.id, spelling, 'live');

    async function linesOf(shop: Shop): Promise<readonly unknown[]> {
      return (await ledger(database(), shop)).map((row) => [row.invoice_id, row.position]);
    }

    it('become one, made from the postbacks of both in the order of receipt', async () => {
      const shop = await openShop('novapay');
      await twice(shop);
      expect(await invoicesOf(database(), shop)).toHaveLength(2);
      await mergeSpellings(session);
      const id = idOf(shop, SESSION);
      expect(await invoicesOf(database(), shop)).toMatchObject([
        { provider_invoice_id: SESSION, status: 'paid', amount: '53', order_id: 'NP-4', attention: [] },
      ]);
      expect(await transactionsOf(database(), shop)).toEqual([{ kind: 'payment', amount: '53' }]);
      expect(await linesOf(shop)).toEqual([
        [id, 1000],
        [id, 1001],
      ]);
      expect(await replay({ projectId: shop.id })).toEqual({ replayed: 2, changed: 0 });
      const access = { staffId: randomUUID() };
      expect(await findMergedInvoice(accessOf(access), idOf(shop, UPPER))).toBe(id);
      expect(await findMergedInvoice(accessOf({ ...access, projects: [] }), idOf(shop, UPPER))).toBeNull();
    });

    it('are one for what comes later, in either spelling', async () => {
      const shop = await openShop('novapay');
      await twice(shop);
      await mergeSpellings(session);
      const voided = { ...sample(shop, 'card'), external_id: 'NP-4', amount: '53', status: 'voided' };
      await post(shop, { ...voided, id: UPPER }, { now: after(60) });
      expect(await transactionsOf(database(), shop)).toEqual([
        { kind: 'payment', amount: '53' },
        { kind: 'refund', amount: '-53' },
      ]);
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
      expect((await linesOf(shop)).at(-1)).toEqual([idOf(shop, SESSION), 3000]);
    });

    it('keep their notes and what was resolved', async () => {
      const shop = await openShop('novapay');
      await twice(shop, { delivery: { ew_fail_reason: ['second'] } });
      await take(
        shop,
        {
          ...sample(shop, 'card'),
          id: UPPER,
          external_id: 'NP-4',
          amount: '53',
          delivery: { ew_fail_reason: ['first'] },
        },
        9,
      );
      const { id: staffId } = await createStaff({
        email: `${randomUUID()}@shop.example`,
        name: 'A',
        role: 'owner',
        password: 'a long password',
      });
      for (const [spelling, reason] of [
        [UPPER, 'first'],
        [SESSION, 'second'],
      ] as const) {
        await query(
          database(),
          `insert into invoice_notes (invoice_id, staff_id, text) values ($1::uuid, $2::uuid, $3)`,
          [idOf(shop, spelling), staffId, `note of ${reason}`],
        );
        await query(
          database(),
          `insert into delivery_resolutions (delivery_id, staff_id, failure_reasons, note, created_at)
           select id, $2::uuid, array[$3], 'resolved ' || $3, now() - case $3 when 'first' then interval '1 day' else interval '0' end
           from deliveries where invoice_id = $1::uuid`,
          [idOf(shop, spelling), staffId, reason],
        );
      }
      await mergeSpellings(session);
      const notes = await query<{ text: string }>(
        database(),
        'select text from invoice_notes where invoice_id = $1::uuid order by text',
        [idOf(shop, SESSION)],
      );
      expect(notes.map(({ text }) => text)).toEqual(['note of first', 'note of second', 'resolved first']);
      const resolved = await query(
        database(),
        `select r.note, r.failure_reasons from delivery_resolutions r join deliveries d on d.id = r.delivery_id where d.invoice_id = $1::uuid`,
        [idOf(shop, SESSION)],
      );
      expect(resolved).toEqual([{ note: 'resolved second', failure_reasons: ['second', 'first'] }]);
    });

    it('are merged by their stored events where the bodies are gone, and keep what is known of people', async () => {
      const shop = await openShop('novapay');
      const { upper, lower } = await twice(shop);
      for (const [id, spelling] of [
        [upper, UPPER],
        [lower, SESSION],
      ] as const) {
        const parsed = shop.provider.parse({
          ...sample(shop, 'card'),
          external_id: 'NP-4',
          amount: '53',
          id: spelling,
        });
        if (!parsed.ok) throw new Error('It can be read');
        const event = JSON.stringify(eventWithoutPeople({ ...parsed.event, invoiceId: spelling }));
        const text = 'update postbacks set body = null, encryption_key_id = null, event = $2::json where id = $1::uuid';
        await query(database(), text, [id, event]);
      }
      await mergeSpellings(session);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ provider_invoice_id: SESSION, amount: '53' }]);
      const [row] = await query<{ customer_name: string }>(
        database(),
        'select customer_name from invoices where project_id = $1::uuid',
        [shop.id],
      );
      expect(row?.customer_name).toContain('Олена');
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
    });

    it('of which the test secret signed one stay two, each with its id in lower case', async () => {
      const shop = await openShop('novapay');
      await take(shop, { ...sample(shop, 'card'), id: UPPER, amount: '53' }, 0, 'test');
      await take(shop, { ...sample(shop, 'card'), id: SESSION, amount: '53' }, 1);
      await mergeSpellings(session);
      const invoices = await invoicesOf(database(), shop);
      expect(invoices.map((row) => row.is_test).sort()).toEqual([false, true]);
      expect(invoices.map((row) => row.provider_invoice_id)).toEqual([SESSION, SESSION]);
    });

    it('that cannot be read stop the upgrade, which names them and changes nothing', async () => {
      const shop = await openShop('novapay');
      const { upper, lower } = await twice(shop);
      const before = [await invoicesOf(database(), shop), await linesOf(shop)];
      await query(database(), `update postbacks set encryption_key_id = 'lost' where id = $1::uuid`, [lower]);
      await query(database(), `update postbacks set body = null, event = null where id = $1::uuid`, [upper]);
      const refused = mergeSpellings(session);
      await expect(refused).rejects.toMatchObject({ name: 'UpgradeRefused' });
      for (const named of [upper, lower, idOf(shop, UPPER), idOf(shop, SESSION), 'lost'])
        await expect(refused).rejects.toThrow(named);
      expect([await invoicesOf(database(), shop), await linesOf(shop)]).toEqual(before);
      await query(database(), `delete from transactions where project_id = $1::uuid`, [shop.id]);
      await query(database(), `delete from deliveries where project_id = $1::uuid`, [shop.id]);
      await query(database(), `delete from postbacks where project_id = $1::uuid`, [shop.id]);
      await query(database(), `delete from invoices where project_id = $1::uuid`, [shop.id]);
    });
  });
});
