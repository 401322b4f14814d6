import { afterEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { announce, eventFor, type LiveEvent, streamsFull, subscribe } from '@/lib/live';
import { arrivedSince, changesSince, currentFence } from '@/lib/live-changes';
import { liveStream } from '@/lib/live-stream';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import type { Database } from './db/client';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const member = (role: Role, projects: Access['projects']): Access => accessOf({ staffId: STAFF_ID, role, projects });
const owner = member('owner', 'all');
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Listens, and resolves with each event in turn. */
async function listen(
  access: Access,
): Promise<{ readonly next: () => Promise<LiveEvent>; readonly heard: LiveEvent[] }> {
  const heard: LiveEvent[] = [];
  let told = 0;
  let wake = (): void => {};
  const subscription = await subscribe({
    access,
    changed: (event) => {
      heard.push(event);
      wake();
    },
    ended: () => {},
  });
  open.push(() => subscription.unsubscribe());
  const next = async (): Promise<LiveEvent> => {
    for (;;) {
      const event = heard[told];
      if (event) {
        told += 1;
        return event;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { next, heard };
}

async function firstOf(shop: Shop, access = owner): Promise<LiveEvent> {
  const { next } = await listen(access);
  await post(shop, sample(shop, 'paid'), { now: new Date() });
  return next();
}

/** A fence behind which no transaction is open; those of other databases on the server count too. */
async function settledFence(database: Database): Promise<Awaited<ReturnType<typeof currentFence>>> {
  const [row] = await query<{ xact: string }>(database, 'select pg_current_xact_id()::text as xact');
  await expect.poll(currentFence).toBeGreaterThan(BigInt(row?.xact ?? 0));
  return currentFence();
}

eachDatabase(
  (database, driver) => {
    describe('the live hub', () => {
      it('tells an open stream of a postback and its invoice', async () => {
        const shop = await openShop();
        const event = await firstOf(shop);
        expect(event.invoices).toHaveLength(1);
        expect(event.postbacks).toHaveLength(1);
        expect(event.fence).toMatch(/^\d+$/);
      });

      it('lets one member have twenty streams and no more, whatever others have', async () => {
        const other = accessOf({ staffId: '0b9f3c1e-0000-4000-8000-000000000002', role: 'support', projects: 'all' });
        for (let count = 0; count < 20; count += 1) {
          expect(streamsFull(other)).toBe(false);
          await listen(other);
        }
        expect([streamsFull(other), streamsFull(owner)]).toEqual([true, false]);
        open.pop()?.();
        expect(streamsFull(other)).toBe(false);
      });

      it('tells an accountant of the invoice alone, and nobody of a project that is not theirs', async () => {
        const [mine, other] = [await openShop(), await openShop()];
        const { next, heard } = await listen(member('accountant', [mine.id]));
        await post(other, sample(other, 'paid'), { now: new Date() });
        await post(mine, sample(mine, 'paid'), { now: new Date() });
        const event = await next();
        expect(event.invoices).toHaveLength(1);
        expect(event.postbacks).toEqual([]);
        expect(heard).toHaveLength(1);
      });

      it('costs nothing while nobody listens', () => {
        for (let times = 0; times < 1000; times += 1) announce();
      });

      if (driver === 'pg')
        it('does not miss a row whose transaction began earlier and commits later', async () => {
          const shop = await openShop();
          await post(shop, sample(shop, 'paid'));
          const fence = await settledFence(database());
          // One statement that holds its transaction open while another one commits.
          const slow = query(
            database(),
            `with held as materialized (select pg_current_xact_id() as xact),
              waited as materialized (select pg_sleep(0.6) from held)
         insert into postbacks (id, project_id, received_at, outcome, answer_status, body_size)
         select gen_random_uuid(), $1::uuid, now(), 'refused', 401, 0 from waited returning id::text as id`,
            [shop.id],
          );
          await query(database(), 'select pg_sleep(0.2)');
          await post(shop, sample(shop, 'paid'));
          const first = await changesSince(fence, []);
          expect(first.rows).toHaveLength(1);
          const [late] = await slow;
          await settledFence(database());
          const second = await changesSince(
            first.next,
            first.rows.map(({ id }) => id),
          );
          expect(second.rows.map(({ id }) => id)).toEqual([(late as { id: string }).id]);
          expect((await changesSince(second.next, [])).rows).toEqual([]);
        });
    });

    it('takes in too many changes a piece at a time, so that an old transaction does not bring the same ones for ever', async () => {
      const shop = await openShop();
      const fence = await settledFence(database());
      await Promise.all(Array.from({ length: 130 }, () => post(shop, sample(shop, 'paid'))));
      const first = await changesSince(fence, []);
      const told = first.rows.map(({ id }) => id);
      expect(first.many).toEqual(new Set([shop.id]));
      const second = await changesSince(fence, told);
      expect(second.many).toBe(null);
      expect(new Set([...told, ...second.rows.map(({ id }) => id)]).size).toBe(130);
    });

    describe('the stream', () => {
      async function read(
        lastEventId: string | null,
        age: string | null,
        enough: (text: string) => boolean,
      ): Promise<string> {
        const abort = new AbortController();
        const reader = liveStream(owner, { lastEventId, age }, abort.signal).getReader();
        const decoder = new TextDecoder();
        let text = '';
        while (!enough(text)) {
          const { done, value } = await reader.read();
          if (done) break;
          text += decoder.decode(value);
        }
        abort.abort();
        return text;
      }
      const changed = (text: string): boolean => /event: changed\nid: \S+\ndata: .*\n\n/.test(text);

      it('resumes: it sends what changed since the last event', async () => {
        const shop = await openShop();
        await settledFence(database());
        const [, id = ''] = /id: (\S+)\n\n/.exec(await read(null, null, (so) => /id: \S+\n\n/.test(so))) ?? [];
        await post(shop, sample(shop, 'paid'));
        const text = await read(id, null, changed);
        expect(text).toMatch(/data: \{"invoices":\["[0-9a-f-]{36}"\],"postbacks":\["[0-9a-f-]{36}"\]\}/);
      });

      it('tells nothing of other projects: not how much happens there, nor that anything does', async () => {
        const [mine, other] = [await openShop(), await openShop()];
        const me = member('manager', [mine.id]);
        const before = new Date();
        const fence = await settledFence(database());
        await Promise.all(Array.from({ length: 130 }, () => post(other, sample(other, 'paid'), { now: new Date() })));
        const changes = await changesSince(fence, []);
        expect(changes.many).toEqual(new Set([other.id]));
        expect(eventFor(me, changes.next, changes)).toBe(null);
        expect(eventFor(owner, changes.next, changes)).not.toBe(null);
        expect([await arrivedSince(me, before), await arrivedSince(owner, before)]).toEqual([false, true]);
        await post(mine, sample(mine, 'paid'), { now: new Date() });
        const both = await changesSince(fence, []);
        expect(eventFor(me, both.next, both)).toMatchObject({ invoices: [], postbacks: [] });
        expect(await arrivedSince(me, before)).toBe(true);
        const ids = await Promise.all([1, 2].map(() => read(null, null, (so) => /id: \S+\n\n/.test(so))));
        for (const text of ids) expect(text).not.toMatch(/id: \d+\n/);
        expect(/id: (\S+)/.exec(ids[0] ?? '')?.[1]).not.toBe(/id: (\S+)/.exec(ids[1] ?? '')?.[1]);
      });

      it('says "look again" to a fence that it does not know', async () => {
        for (const id of ['nonsense', '999999999999999999', '.', 'a.b', '12']) {
          expect(await read(id, null, changed)).toContain('data: {"invoices":[],"postbacks":[]}');
        }
      });

      it('says "look again" when something arrived while the page was loading', async () => {
        const shop = await openShop();
        await post(shop, sample(shop, 'paid'), { now: new Date() });
        expect(await read(null, '60000', changed)).toContain('data: {"invoices":[],"postbacks":[]}');
      });

      it('begins with an id, so that a stream that heard nothing resumes too', async () => {
        const text = await read(null, null, (so) => /id: \S+\n\n/.test(so));
        expect(text).toMatch(/^retry: [2-4]\d{3}\n\nid: \S+\n\n/);
      });
    });
  },
  { shuffle: false },
);
