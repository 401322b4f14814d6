import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { diffsFromPrevious, readBodiesOf } from '@/lib/postbacks/compare-bodies';
import { after, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { addNote } from './notes';
import { readTimeline, TIMELINE_PAGE, type TimelineEntry } from './timeline';
import { readTimelineCursor, type TimelineCursor, writeTimelineCursor } from './timeline-cursor';

const owner = accessOf({ staffId: randomUUID() });

function session(fields: Fields, change: Fields): Fields {
  return { ...fields, ...change };
}

function named(entry: TimelineEntry): string {
  return entry.kind === 'message' ? `${entry.kind} ${entry.outcome}` : entry.kind;
}

eachDatabase(
  (database) => {
    async function invoiceOf(shop: Shop): Promise<string> {
      const text = 'select id::text as id from invoices where project_id = $1::uuid';
      const [row] = await query<{ id: string }>(database(), text, [shop.id]);
      return row?.id ?? '';
    }

    async function everything(access: Access, invoiceId: string): Promise<readonly (readonly TimelineEntry[])[]> {
      const pages: (readonly TimelineEntry[])[] = [];
      let before: TimelineCursor | null = null;
      do {
        const page = await readTimeline(access, invoiceId, before);
        pages.push(page.entries);
        before = page.earlier && readTimelineCursor(writeTimelineCursor(page.earlier));
      } while (before && pages.length < 20);
      return pages;
    }

    describe('the timeline', () => {
      it('tells what was said and done, newest first, each copy under its first', async () => {
        const shop = await openShop('novapay');
        const paid = session(sample(shop, 'card'), { status: 'processing' });
        await post(shop, paid, { now: after(1) });
        for (const seconds of [2, 3, 4, 5, 6, 7, 8]) await post(shop, paid, { now: after(seconds) });
        await post(shop, session(paid, { status: 'paid' }), { now: after(9) });
        const id = await invoiceOf(shop);
        const { entries, earlier } = await readTimeline(owner, id, null);
        expect(entries.map(named)).toEqual(['message accepted', 'message accepted']);
        const first = entries[1];
        expect(first?.kind === 'message' && [first.duplicates, first.copies.length]).toEqual([7, 5]);
        expect(first?.kind === 'message' && first.copies[0]?.at).toBe('2026-01-27T12:30:08.000000Z');
        expect(earlier).toBe(null);
      });

      it('says in what a postback that changed nothing differs from the one before, with people masked', async () => {
        const shop = await openShop('novapay');
        const paid = sample(shop, 'card');
        await post(shop, paid);
        await post(shop, session(paid, { bonus: '7', contact: 'Call Olena' }), { now: after(1) });
        const id = await invoiceOf(shop);
        const support = accessOf({ staffId: owner.staffId, role: 'support' });
        for (const access of [owner, support]) {
          const { entries } = await readTimeline(access, id, null);
          expect(entries.map(named)).toEqual(['message accepted', 'message accepted']);
          const diffs = await diffsFromPrevious(
            access,
            entries.map((entry) => entry.id),
          );
          expect(diffs.size).toBe(1);
          expect(diffs.get(entries[0]?.id ?? '')).toEqual({
            differences: [
              { path: 'bonus', kind: 'added', before: null, after: '7' },
              { path: 'contact', kind: 'added', before: null, after: '••••••' },
            ],
            more: 0,
          });
        }
        const accountant = accessOf({ staffId: owner.staffId, role: 'accountant' });
        const { entries } = await readTimeline(accountant, id, null);
        expect(entries.map(named)).toEqual(['message accepted']);
        expect((await diffsFromPrevious(accountant, [entries[0]?.id ?? ''])).size).toBe(0);
      });

      it('names a refused postback that claims this invoice, and no other', async () => {
        const shop = await openShop();
        const body = sample(shop, 'paid');
        await post(shop, body, { key: 'x'.repeat(36), now: after(1) });
        await post(shop, sample(shop, 'paid'), { key: 'x'.repeat(36), now: after(2) });
        await post(shop, body, { now: after(3) });
        const id = await invoiceOf(shop);
        const seen = (await readTimeline(owner, id, null)).entries;
        expect(seen.map(named)).toEqual(['message accepted', 'refusal']);
        expect(seen[1]).toMatchObject({ reason: 'token_wrong_key' });
        // The verdicts are not for everybody.
        const accountant = accessOf({ staffId: randomUUID(), role: 'accountant' });
        const { entries } = await readTimeline(accountant, id, null);
        expect(entries.map(named)).toEqual(['message accepted']);
        expect((await diffsFromPrevious(accountant, [entries[0]?.id ?? ''])).size).toBe(0);
      });

      it('finds a refused postback behind thousands of others, and is not disturbed by an id that none can be', async () => {
        const shop = await openShop();
        const body = sample(shop, 'paid');
        await post(shop, body, { now: after(0) });
        await query(
          database(),
          `insert into postbacks (id, project_id, received_at, outcome, answer_status, body_size)
         select gen_random_uuid(), $1::uuid, $2::timestamptz + n * interval '1 millisecond', 'unreadable', 400, 10
           from generate_series(1, 4000) n`,
          [shop.id, after(1).toISOString()],
        );
        const wrong = { key: 'x'.repeat(36), now: after(60) };
        const hostile = { ...body, invoice_id: 'X'.repeat(50_000), order_id: 'another' };
        expect((await post(shop, hostile, wrong)).status).toBe(401);
        expect((await post(shop, body, { ...wrong, now: after(61) })).status).toBe(401);
        const { entries } = await readTimeline(owner, await invoiceOf(shop), null);
        expect(entries.map(named)).toEqual(['refusal', 'message accepted']);
      });

      it('keeps verdicts and copies from whom they are not for, and all of it from another project', async () => {
        const shop = await openShop();
        const body = sample(shop, 'paid');
        await post(shop, body);
        await post(shop, body);
        await post(shop, { ...body, currency: 'BTC' });
        const id = await invoiceOf(shop);
        const count = async (role: Role, projects: Access['projects'] = 'all'): Promise<number> =>
          (await readTimeline(accessOf({ staffId: randomUUID(), role, projects }), id, null)).entries.length;
        expect([await count('owner'), await count('support'), await count('accountant')]).toEqual([2, 2, 1]);
        const { entries } = await readTimeline(accessOf({ staffId: randomUUID(), role: 'accountant' }), id, null);
        expect(entries[0]?.kind === 'message' && entries[0].copies).toEqual([]);
        expect(await count('owner', [randomUUID()])).toBe(0);
      });

      it('goes through ten thousand postbacks page by page, each once, notes in their place', async () => {
        const shop = await openShop();
        await post(shop, sample(shop, 'paid'));
        const id = await invoiceOf(shop);
        // Many share their moment: the order in which they were taken in tells them apart.
        await query(
          database(),
          `insert into postbacks (id, project_id, invoice_id, received_at, outcome, answer_status, position, body_size)
         select gen_random_uuid(), $1::uuid, $2::uuid, timestamptz '2026-02-01 10:00:00+00' + (n / 40) * interval '1 second',
           'accepted', 200, 100000 + n, 10 from generate_series(1, 10000) n`,
          [shop.id, id],
        );
        await createStaff({ name: 'A', email: 'a@shop.example', role: 'owner', password: 'three grey herons' });
        const [author] = await query<{ id: string }>(database(), 'select id::text as id from staff limit 1');
        await addNote(accessOf({ staffId: author?.id ?? '' }), { id: randomUUID(), invoiceId: id, text: 'now' });
        const pages = await everything(owner, id);
        expect(pages.every((page) => page.length === TIMELINE_PAGE)).toBe(true);
        const all = pages.flat();
        expect(new Set(all.map((entry) => entry.id)).size).toBe(all.length);
        expect(all[0]?.kind).toBe('note');
        const positions = all.slice(1).map(({ position }) => position);
        expect(positions).toEqual(Array.from({ length: positions.length }, (_, index) => 110_000 - index));
      });

      it('shows who dealt with a failed waybill', async () => {
        const shop = await openShop('novapay');
        await post(shop, sample(shop, 'waybill-failed'));
        const id = await invoiceOf(shop);
        await query(
          database(),
          `insert into delivery_resolutions (delivery_id, staff_id, failure_reasons, note)
         select d.id, s.id, d.failure_reasons, 'Wrote to the recipient' from deliveries d, staff s
         where d.invoice_id = $1::uuid limit 1`,
          [id],
        );
        const { entries } = await readTimeline(owner, id, null);
        expect(entries[0]).toMatchObject({ kind: 'resolution', text: 'Wrote to the recipient' });
        expect((await readTimeline(accessOf({ staffId: randomUUID(), projects: [] }), id, null)).entries).toEqual([]);
      });
    });

    describe('raw bodies', () => {
      it('are for managers masked and for owners, and every look is written down', async () => {
        const shop = await openShop('novapay');
        const body = session(sample(shop, 'card'), { client_phone: '+380501234567', status: 'processing' });
        await post(shop, body, { now: after(1) });
        await post(shop, session(body, { client_phone: '+380507654321', status: 'paid' }), { now: after(2) });
        const id = await invoiceOf(shop);
        const ids = (await readTimeline(owner, id, null)).entries.map((entry) => entry.id);
        const [staff] = await query<{ id: string }>(database(), 'select id::text as id from staff limit 1');
        const look = (role: Role): ReturnType<typeof readBodiesOf> =>
          readBodiesOf(accessOf({ staffId: staff?.id ?? '', role }), id, ids);
        expect(await look('support')).toBe(null);
        expect(await look('accountant')).toBe(null);
        const manager = await look('manager');
        expect(manager?.bodies.map(({ receivedAt }) => receivedAt)).toEqual([
          '2026-01-27T12:30:01.000000Z',
          '2026-01-27T12:30:02.000000Z',
        ]);
        expect(manager?.diff?.differences.map(({ path }) => path)).toEqual(['status', 'client_phone']);
        expect(JSON.stringify(manager)).not.toContain('38050');
        expect(JSON.stringify(await look('owner'))).toContain('+380507654321');
        const looks = await query(database(), `select 1 from audit_log where action = 'postback.read_body'`);
        expect(looks).toHaveLength(2);
      });

      it('of another invoice are not to be had here', async () => {
        const [here, there] = [await openShop(), await openShop()];
        await post(here, sample(here, 'paid'));
        await post(there, sample(there, 'paid'));
        const [own, other] = [await invoiceOf(here), await invoiceOf(there)];
        const [foreign] = (await readTimeline(owner, other, null)).entries;
        expect((await readBodiesOf(owner, own, [foreign?.id ?? '', randomUUID()]))?.bodies).toEqual([]);
      });
    });
  },
  { shuffle: false },
);

describe('a place in the timeline', () => {
  it('is read back as it was written, and nothing else is', () => {
    const cursor = { at: '2026-02-01T10:00:00.123456Z', position: 7, id: randomUUID() };
    expect(readTimelineCursor(writeTimelineCursor(cursor))).toEqual(cursor);
    for (const text of [undefined, '', 'x', `${cursor.at}_-1_${cursor.id}`, `${cursor.at}_1_x`, `${cursor.at}_1`]) {
      expect(readTimelineCursor(text)).toBe(null);
    }
  });
});
