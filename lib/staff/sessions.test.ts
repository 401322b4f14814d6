import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { outdated } from '@/lib/live-changes';
import { query } from '@/lib/postbacks/shop.testing';
import type { Access } from './access';
import { accessOf } from './access.testing';
import { createStaff } from './create';
import { hashPassword } from './passwords';
import { findMemberByEmail } from './queries';
import {
  endAllSessions,
  endOtherSessions,
  endOwnSession,
  endSession,
  findSession,
  listSessions,
  markSeen,
  openSession,
  sessionIdOf,
} from './sessions';
import { sessionOf } from './sessions.testing';

const START = new Date('2026-03-01T08:00:00Z');
const after = (hours: number): Date => new Date(START.getTime() + hours * 3_600_000);
const EMAIL = 'ira@shop.example';

eachDatabase(
  (database) => {
    let ira: Access;
    let other: Access;
    const change = (sql: string): Promise<unknown> => query(database(), sql, [ira.staffId]);

    beforeAll(async () => {
      const make = (email: string) =>
        createStaff({ email, name: 'Ira', role: 'manager', password: 'three grey herons' });
      ira = accessOf({ staffId: (await make(EMAIL)).id, role: 'manager' });
      other = accessOf({ staffId: (await make('oleh@shop.example')).id, role: 'manager' });
    });

    describe('a session', () => {
      test('is new at each sign-in, and the database does not hold what its cookie carries', async () => {
        const member = await findMemberByEmail(EMAIL);
        if (!member) throw new Error('There is no such member');
        const visitor = { address: '198.51.100.7', userAgent: `Browser ${'x'.repeat(400)}` };
        const [one, two] = [await openSession(member, visitor, START), await openSession(member, visitor, START)];
        expect(one).not.toBe(two);
        const rows = await query<{ id: string; user_agent: string }>(database(), 'select * from sessions', []);
        expect(rows.map(({ id }) => id).sort()).toEqual([sessionIdOf(one), sessionIdOf(two)].sort());
        expect(JSON.stringify(rows)).not.toContain(one);
        expect(rows[0]?.user_agent).toHaveLength(300);
        expect((await findSession(sessionIdOf(one), START))?.member).toMatchObject({ email: EMAIL, role: 'manager' });
        expect(await findSession(one, START)).toBe(null);
      });

      test('ends after twelve hours without a request, and after two weeks of them', async () => {
        const id = await sessionOf(EMAIL, START);
        expect(await findSession(id, after(11.99))).not.toBe(null);
        expect(await findSession(id, after(12))).toBe(null);
        for (let hours = 11; hours < 336; hours += 11) await markSeen(id, after(hours));
        expect(await findSession(id, after(335.99))).not.toBe(null);
        expect(await findSession(id, after(336))).toBe(null);
        await sessionOf(EMAIL, after(337));
        expect(await query(database(), 'select id from sessions where id = $1', [id])).toEqual([]);
      });

      test('is written down at most once a minute', async () => {
        const id = await sessionOf(EMAIL, START);
        const seen = async (): Promise<unknown> =>
          (
            await query<{ at: string }>(database(), 'select last_seen_at::text as at from sessions where id = $1', [id])
          )[0];
        const before = await seen();
        expect((await findSession(id, after(0.016)))?.stale).toBe(false);
        await markSeen(id, after(0.016));
        expect(await seen()).toEqual(before);
        expect((await findSession(id, after(0.017)))?.stale).toBe(true);
        await markSeen(id, after(0.017));
        expect(await seen()).not.toEqual(before);
        expect((await findSession(id, after(0.018)))?.stale).toBe(false);
      });

      test('that was ended is no session, and nobody ends another’s', async () => {
        const id = await sessionOf(EMAIL, START);
        expect(await endOwnSession(other, id)).toBe(false);
        expect(await findSession(id, START)).not.toBe(null);
        await endSession(id, { address: '198.51.100.1', requestId: 'r' });
        expect(await findSession(id, START)).toBe(null);
      });

      test('begins and ends with an entry in the audit log, written once', async () => {
        const made = await createStaff({
          email: 'petro@shop.example',
          name: 'Petro',
          role: 'support',
          password: 'three grey herons',
        });
        const member = await findMemberByEmail('petro@shop.example');
        if (!member) throw new Error('There is no such member');
        const visitor = { address: '198.51.100.9', userAgent: null, requestId: 'r1' };
        const me = accessOf({ staffId: made.id, role: 'support', address: '198.51.100.9', requestId: 'r2' });
        const ids = [1, 2, 3, 4, 5].map(async () => sessionIdOf(await openSession(member, visitor, START)));
        const [one = '', two = '', , , own = ''] = await Promise.all(ids);
        await Promise.all([1, 2].map(() => endSession(one, { address: '198.51.100.9', requestId: 'r2' })));
        await Promise.all([1, 2].map(() => endOwnSession(me, two)));
        await endOtherSessions({ ...me, sessionId: own });
        await endAllSessions(me);
        const entries = await query(
          database(),
          `select action, role, address, request_id, detail from audit_log where staff_id = $1::uuid order by at, id`,
          [made.id],
        );
        const entry = (action: string, requestId: string, detail: unknown = null): object => {
          return { action, role: 'support', address: '198.51.100.9', request_id: requestId, detail };
        };
        expect(entries).toHaveLength(9);
        expect(entries).toEqual(
          expect.arrayContaining([
            entry('session.start', 'r1'),
            entry('session.end', 'r2'),
            entry('session.end_others', 'r2', { ended: 2 }),
            entry('session.end_all', 'r2', { ended: 1 }),
          ]),
        );
      });

      test('everywhere else ends and stays here', async () => {
        const [here, there, theirs] = [
          await sessionOf(EMAIL, START),
          await sessionOf(EMAIL, START),
          await sessionOf('oleh@shop.example', START),
        ];
        const me = { ...ira, sessionId: here };
        expect(await endOtherSessions(me)).toBeGreaterThan(0);
        expect((await listSessions(me, START)).map(({ id, current }) => [id, current])).toEqual([[here, true]]);
        expect(await findSession(there, START)).toBe(null);
        expect(await findSession(theirs, START)).not.toBe(null);
      });

      test('has the role and the projects of the moment, and none for somebody disabled or of another password', async () => {
        const id = await sessionOf(EMAIL, START);
        await change(`update staff set role = 'support', all_projects = false where id = $1::uuid`);
        expect((await findSession(id, START))?.member).toMatchObject({ role: 'support', projects: [] });
        await change('update staff set disabled_at = now() where id = $1::uuid');
        expect(await findSession(id, START)).toBe(null);
        await change('update staff set disabled_at = null where id = $1::uuid');
        expect(await findSession(id, START)).not.toBe(null);
        await query(database(), 'update staff set password_hash = $2 where id = $1::uuid', [
          ira.staffId,
          await hashPassword('three grey herons'),
        ]);
        expect(await findSession(id, START)).toBe(null);
      });
    });

    test('what was opened by a session is out of date once it ended or ran out', async () => {
      const [one, two] = [await sessionOf('oleh@shop.example', START), await sessionOf('oleh@shop.example', START)];
      const open = [one, two].map((sessionId) => ({ ...other, sessionId }));
      expect((await outdated(open, START)).size).toBe(0);
      await endSession(one, { address: null, requestId: null });
      expect([...(await outdated(open, START))]).toEqual([open[0]]);
      expect((await outdated(open, after(12))).size).toBe(2);
    });
  },
  { shuffle: false },
);
