import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { arrivedSince, changesSince, currentFence } from '@/lib/live-changes';
import { listWaitingInvoices } from '@/lib/overview/waiting-invoices';
import { NOON, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import { type Access, ROLES } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { findDoneState, MAX_DONE_NOTE, MAX_SELECTED, markDone, markNotDone, readSeen, type Seen } from './done-marks';
import { readTimeline } from './timeline';

const MINUTE = 60_000;
const at = (minutes: number): Date => new Date(NOON.getTime() + minutes * MINUTE);

it.each(['', 'x', `${randomUUID()}`, `${randomUUID()}:`, `${randomUUID()}:-1`, `${randomUUID()}:1e9`, 'x:1'])(
  'reads nothing from what no page sent: %j',
  (text) => expect(readSeen(text)).toBeNull(),
);

eachDatabase((database) => {
  let shop: Shop;
  let me: Access;
  let made = 0;

  beforeAll(async () => {
    shop = await openShop('novapay');
  });

  /** Each test begins with an empty list. */
  beforeEach(async () => {
    made += 1;
    const { id } = await createStaff({
      email: `sofia-${made}@shop.example`,
      name: 'Sofia',
      role: 'support',
      password: 'three grey herons',
    });
    me = accessOf({ staffId: id, role: 'support', projects: [shop.id] });
    await query(
      database(),
      `insert into invoice_marks (id, invoice_id, project_id, staff_id, done, note, version)
       select gen_random_uuid(), id, project_id, $1::uuid, true, '', version from invoices`,
      [id],
    );
  });

  /** An order with two postbacks that contradict each other. */
  const contradicted = async (order = 'A-1'): Promise<Fields> => {
    const paid = { ...sample(shop, 'paid'), external_id: order };
    await post(shop, paid);
    await post(shop, { ...paid, amount: '999' }, { now: at(1) });
    return paid;
  };
  const waiting = async (access = me): Promise<number> =>
    (await listWaitingInvoices(access, 'check', at(60), 99)).count;
  const seen = async (): Promise<readonly Seen[]> =>
    (await listWaitingInvoices(me, 'check', at(60), 99)).rows.map(({ id, version }) => ({ invoiceId: id, version }));
  const mark = async (items: readonly Seen[], note = '', access = me, id = randomUUID()): Promise<number> => {
    const result = await markDone(access, { id, note, seen: items });
    return result.outcome === 'marked' ? result.marked.length : -1;
  };

  describe('an invoice that is marked as done', () => {
    it('leaves the list, says who did it, and is put back by the same people', async () => {
      await contradicted();
      const [one] = await seen();
      expect(await mark([one as Seen], '  Asked the customer.\r\nShe agrees.  ')).toBe(1);
      expect(await waiting()).toBe(0);
      const state = await findDoneState(me, one?.invoiceId ?? '');
      expect(state?.mark).toMatchObject({ by: 'Sofia', note: 'Asked the customer.\nShe agrees.' });
      expect(await markNotDone(me, randomUUID(), [one?.invoiceId ?? ''])).toHaveLength(1);
      expect(await waiting()).toBe(1);
      expect((await findDoneState(me, one?.invoiceId ?? ''))?.mark).toBeNull();
      expect(await markNotDone(me, randomUUID(), [one?.invoiceId ?? ''])).toHaveLength(0);
      expect(await mark(await seen())).toBe(1);
      expect(await waiting()).toBe(0);
    });

    it('has both acts on its timeline and in the audit log', async () => {
      await contradicted();
      const [one] = await seen();
      await mark([one as Seen], 'Asked');
      await markNotDone(me, randomUUID(), [one?.invoiceId ?? '']);
      const { entries } = await readTimeline(me, one?.invoiceId ?? '', null);
      const acts = entries.filter(({ kind }) => kind === 'done' || kind === 'not_done');
      expect(acts).toMatchObject([
        { kind: 'not_done', author: 'Sofia', text: '' },
        { kind: 'done', author: 'Sofia', text: 'Asked' },
      ]);
      const log = await query(
        database(),
        `select action, object, before, after from audit_log where staff_id = $1::uuid and action like 'invoice.%' order by at`,
        [me.staffId],
      );
      const [open, done] = [{ done: false }, { done: true }];
      expect(log).toEqual([
        { action: 'invoice.done', object: one?.invoiceId, before: open, after: done },
        { action: 'invoice.not_done', object: one?.invoiceId, before: done, after: open },
      ]);
    });

    it('is marked once however often the button is pressed', async () => {
      await contradicted();
      const items = await seen();
      const id = randomUUID();
      const counts = await Promise.all([mark(items, '', me, id), mark(items, '', me, id), mark(items, '', me, id)]);
      expect(counts.reduce((sum, count) => sum + count)).toBe(1);
      expect(await mark(items, '', me, id)).toBe(0);
      const { entries } = await readTimeline(me, items[0]?.invoiceId ?? '', null);
      expect(entries.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    });

    type Next = (paid: Fields) => Fields;
    const RAISES: readonly (readonly [string, Next])[] = [
      ['another conflict', (paid) => ({ ...paid, amount: '998' })],
      ['another status', (paid) => ({ ...paid, status: 'voided' })],
      ['a failure after the waybill', (paid) => ({ ...paid, delivery: { ew_fail_reason: ['WeightActual invalid'] } })],
    ];
    it.each(RAISES)('is back on the list after %s', async (_what, next) => {
      const paid = await contradicted();
      await mark(await seen());
      expect(await waiting()).toBe(0);
      await post(shop, next(paid), { now: at(2) });
      expect(await waiting()).toBe(1);
    });

    const QUIET: readonly (readonly [string, Next])[] = [
      ['the same postback again', (paid) => paid],
      ['a parcel that moves on', (paid) => ({ ...paid, delivery: { express_waybills: ['20450012345678'] } })],
    ];
    it.each(QUIET)('stays off the list after %s', async (_what, next) => {
      const paid = await contradicted();
      await mark(await seen());
      await post(shop, next(paid), { now: at(2) });
      expect(await waiting()).toBe(0);
    });

    it('is not marked by who saw it before it changed', async () => {
      const paid = await contradicted();
      const before = await seen();
      await post(shop, { ...paid, amount: '998' }, { now: at(2) });
      expect(await mark(before)).toBe(0);
      expect(await waiting()).toBe(1);
      expect(await mark(await seen())).toBe(1);
    });

    it('comes back also where the form names a version that is yet to come', async () => {
      const paid = await contradicted();
      const [one] = await seen();
      expect(await mark([{ invoiceId: one?.invoiceId ?? '', version: 999_999 }])).toBe(1);
      await post(shop, { ...paid, amount: '998' }, { now: at(2) });
      expect(await waiting()).toBe(1);
    });
  });

  describe('a selection', () => {
    it('is marked in one go with one note, and taken back in one go', async () => {
      for (const order of ['A-1', 'A-2', 'A-3']) await contradicted(order);
      const items = await seen();
      expect(await mark([...items, ...items], 'All asked')).toBe(3);
      expect(await waiting()).toBe(0);
      const ids = items.map(({ invoiceId }) => invoiceId);
      for (const id of ids) expect((await findDoneState(me, id))?.mark?.note).toBe('All asked');
      expect(await markNotDone(me, randomUUID(), ids)).toHaveLength(3);
      expect(await waiting()).toBe(3);
    });

    it('leaves out what a colleague has marked meanwhile', async () => {
      for (const order of ['A-1', 'A-2']) await contradicted(order);
      const items = await seen();
      await mark(items.slice(0, 1));
      expect(await mark(items)).toBe(1);
    });

    it('has a bound, and so has its note', async () => {
      const many = Array.from({ length: MAX_SELECTED + 1 }, () => ({ invoiceId: randomUUID(), version: 1 }));
      expect(await markDone(me, { id: randomUUID(), note: '', seen: many })).toEqual({ outcome: 'too_many' });
      const long = 'x'.repeat(MAX_DONE_NOTE + 1);
      expect(await markDone(me, { id: randomUUID(), note: long, seen: [] })).toEqual({ outcome: 'too_long' });
    });
  });

  it.each([
    ['after its last change', '3 minutes', 0],
    ['before its last change', '30 seconds', 1],
  ])('a note of version 0.1, written %s, is taken over as it counted then', async (_when, later, left) => {
    await contradicted();
    const [one] = await seen();
    await query(
      database(),
      `insert into invoice_notes (invoice_id, staff_id, text, created_at)
       select id, $2::uuid, 'Asked', $3::timestamptz + $4::interval from invoices where id = $1::uuid`,
      [one?.invoiceId ?? '', me.staffId, NOON.toISOString(), later],
    );
    const [file = ''] = readdirSync('drizzle').filter((name) => name.endsWith('_marks_of_what_is_done.sql'));
    await query(database(), readFileSync(`drizzle/${file}`, 'utf8').split('--> statement-breakpoint').at(-1) ?? '');
    expect(await waiting()).toBe(left);
    await query(database(), 'delete from invoice_notes');
  });

  it('every role may mark, and nobody an invoice of another project', async () => {
    await contradicted();
    const [one] = await seen();
    const stranger = accessOf({ staffId: me.staffId, projects: [(await openShop()).id] });
    expect(await mark([one as Seen], '', stranger)).toBe(0);
    expect(await findDoneState(stranger, one?.invoiceId ?? '')).toBeNull();
    for (const role of ROLES) {
      const access = accessOf({ staffId: me.staffId, role, projects: [shop.id] });
      expect(await mark([one as Seen], '', access)).toBe(1);
      expect(await markNotDone(stranger, randomUUID(), [one?.invoiceId ?? ''])).toEqual([]);
      expect(await markNotDone(access, randomUUID(), [one?.invoiceId ?? ''])).toHaveLength(1);
    }
  });

  it('open screens are told of a mark, as the invoice’s and as no postback', async () => {
    await contradicted();
    const items = await seen();
    const fence = await currentFence();
    const before = new Date();
    await mark(items);
    const ofMark = expect.objectContaining({ invoiceId: items[0]?.invoiceId, isPostback: false });
    // A change from before may be told again while another transaction of the server is open.
    const { rows } = await changesSince(fence, []);
    expect(rows).toContainEqual(ofMark);
    expect(await arrivedSince({ projects: 'all' }, before)).toBe(true);
    await markNotDone(me, randomUUID(), [items[0]?.invoiceId ?? '']);
    const told = rows.map(({ id }) => id);
    expect((await changesSince(fence, told)).rows).toContainEqual(ofMark);
  });
});
