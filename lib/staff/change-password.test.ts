import { beforeEach, describe, expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import type { Access } from './access';
import { accessOf } from './access.testing';
import { changePassword } from './change-password';
import { createStaff } from './create';
import { findMemberByEmail } from './queries';
import { readTicket, writeTicket } from './second-step';
import { findSession } from './sessions';
import { sessionOf } from './sessions.testing';
import { memberByPassword } from './sign-in';
import type { Asker } from './sign-in-limits';

const OLD = 'three grey herons';
const NEW = 'two green parrots';

eachDatabase(() => {
  let me: Access;
  let asker: Asker;
  let made = 0;

  beforeEach(async () => {
    made += 1;
    const email = `member-${made}@shop.example`;
    const { id } = await createStaff({ email, name: 'Ira', role: 'support', password: OLD });
    const sessionId = await sessionOf(email);
    me = accessOf({ staffId: id, sessionId, email });
    asker = { email, address: '198.51.100.1', browser: `session ${sessionId}` };
  });

  describe('a changed password', () => {
    test('lets in instead of the old one, and ends every session but this', async () => {
      const elsewhere = await sessionOf(me.email);
      expect(await changePassword(me, asker, { old: OLD, new: NEW })).toBe('right');
      expect(await findSession(me.sessionId)).not.toBe(null);
      expect(await findSession(elsewhere)).toBe(null);
      expect((await memberByPassword(asker, OLD)).outcome).toBe('wrong');
      expect((await memberByPassword(asker, NEW)).outcome).toBe('right');
    });

    test('needs the old one, and guesses at it are counted', async () => {
      const elsewhere = await sessionOf(me.email);
      for (let times = 0; times < 10; times += 1)
        expect(await changePassword(me, asker, { old: `guess ${times}`, new: NEW })).toBe('wrong');
      expect(await changePassword(me, asker, { old: OLD, new: NEW })).toBe('limited');
      expect(await findSession(elsewhere)).not.toBe(null);
    });

    test('of two at once is one', async () => {
      const news = ['first new password', 'second new password'];
      const outcomes = await Promise.all(
        news.map((password) => changePassword(me, asker, { old: OLD, new: password })),
      );
      expect(outcomes.sort()).toEqual(['right', 'wrong']);
      expect(await findSession(me.sessionId)).not.toBe(null);
    });

    test('ends what was begun with the old one at the second step, which lasts five minutes', async () => {
      const start = new Date('2026-03-01T08:00:00Z');
      const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);
      const member = await findMemberByEmail(me.email);
      if (!member) throw new Error('There is no such member');
      const ticket = await writeTicket(member, start);
      expect((await readTicket(ticket, later(299)))?.id).toBe(member.id);
      expect(await readTicket(ticket, later(300))).toBe(null);
      const [header, , signature] = ticket.split('.');
      const claims = { sub: member.id, exp: later(600).getTime() / 1_000 };
      const longer = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      for (const forged of [longer, ticket.slice(0, -1), '', '1.2.3', `${ticket}x`])
        expect(await readTicket(forged, start)).toBe(null);
      await changePassword(me, asker, { old: OLD, new: NEW });
      expect(await readTicket(ticket, start)).toBe(null);
    });
  });
});
