import { beforeEach, describe, expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { query } from '@/lib/postbacks/shop.testing';
import { type Access, ROLES } from './access';
import { accessOf } from './access.testing';
import { changePassword } from './change-password';
import { createStaff } from './create';
import { setDisabled, setRights } from './manage';
import {
  emailOfReset,
  findPasswordReset,
  MAX_RESETS_PER_HOUR,
  makePasswordReset,
  RESET_HOURS,
  resetPassword,
  resetPasswordByOperator,
  revokePasswordReset,
} from './password-resets';
import { hasSecondFactor } from './second-factor';
import { findSession } from './sessions';
import { sessionOf } from './sessions.testing';
import { memberByPassword } from './sign-in';

const OLD = 'three grey herons';
const NEW = 'two green parrots';
const START = new Date('2026-03-01T08:00:00Z');
const FROM = { address: '198.51.100.7', requestId: 'request-1' };
const after = (hours: number): Date => new Date(START.getTime() + hours * 3_600_000);

eachDatabase((database) => {
  let owner: Access;
  let member: { readonly id: string; readonly email: string };
  let made = 0;

  const linkFor = async (id: string, now = START): Promise<string> => {
    const reset = await makePasswordReset(owner, id, now);
    if (reset.outcome !== 'made') throw new Error(`No link was made: ${reset.outcome}`);
    return reset.token;
  };
  const letsIn = async (password: string): Promise<boolean> => {
    const asker = { email: member.email, address: `2001:db8:${made}::1`, browser: null };
    return (await memberByPassword(asker, password)).outcome === 'right';
  };
  const use = (token: string, now = START): Promise<string | null> => resetPassword(token, NEW, FROM, now);

  beforeEach(async () => {
    made += 1;
    const email = `member-${made}@shop.example`;
    member = await createStaff({ email, name: 'Ira', role: 'support', password: OLD });
    const own = await createStaff({ email: `owner-${made}@shop.example`, name: 'Olena', role: 'owner', password: OLD });
    owner = accessOf({ staffId: own.id, email: own.email });
  });

  describe('a link to a new password', () => {
    test('ends when whoever made it has a new password, for another may have made it in their session', async () => {
      const token = await linkFor(member.id);
      expect(await resetPasswordByOperator(owner.email, 'another long password')).toBeTruthy();
      expect(await use(token)).toBeNull();
      const again = await linkFor(member.id, after(1));
      const other = await createStaff({ email: `third-${made}@shop.example`, name: 'B', role: 'owner', password: OLD });
      const own = await makePasswordReset(accessOf({ staffId: other.id }), owner.staffId, after(1));
      if (own.outcome !== 'made') throw new Error(own.outcome);
      expect(await resetPassword(own.token, NEW, FROM, after(1))).toBe(owner.email);
      expect(await use(again, after(1))).toBeNull();
    });

    test('sets it once, ends every session, and until then the old one lets in', async () => {
      const session = await sessionOf(member.email);
      const token = await linkFor(member.id);
      expect(token).toMatch(/^[\w-]{32}$/);
      expect(await findPasswordReset(owner, member.id, START)).toBe('2026-03-02T08:00:00.000000Z');
      expect(await letsIn(OLD)).toBe(true);
      expect(await emailOfReset(token, START)).toBe(member.email);
      expect(await findSession(session)).not.toBe(null);

      expect(await use(token)).toBe(member.email);
      expect([await letsIn(OLD), await letsIn(NEW)]).toEqual([false, true]);
      expect(await findSession(session)).toBe(null);
      expect(await use(token)).toBe(null);
      expect(await emailOfReset(token, START)).toBe(null);
    });

    test('sets one password when it is used many times at once', async () => {
      const token = await linkFor(member.id);
      const passwords = Array.from({ length: 6 }, (_, index) => `two green parrots ${index}`);
      const emails = await Promise.all(passwords.map((password) => resetPassword(token, password, FROM, START)));
      expect(emails.filter((email) => email !== null)).toEqual([member.email]);
      expect(await letsIn(passwords[emails.findIndex((email) => email !== null)] ?? '')).toBe(true);
    });

    test('is kept as a hash, and neither it nor a password stands in the audit log', async () => {
      const token = await linkFor(member.id);
      await use(token);
      const tables = await query(
        database(),
        `select r::text as kept from password_resets r union all select a::text from audit_log a`,
      );
      const text = JSON.stringify(tables);
      expect(text).toContain('password.reset');
      for (const secret of [token, NEW, OLD]) expect(text).not.toContain(secret);
    });

    test('is audited when it is made, revoked and used', async () => {
      await linkFor(member.id);
      await revokePasswordReset(owner, member.id, START);
      await use(await linkFor(member.id));
      const log = await query(
        database(),
        `select action, staff_id::text as who, object, address from audit_log
         where (object = $1::text or staff_id = $1::uuid) and action like '%password%' order by at, action`,
        [member.id],
      );
      expect(log).toEqual([
        { action: 'staff.password_link', who: owner.staffId, object: member.id, address: null },
        { action: 'staff.password_link_revoke', who: owner.staffId, object: member.id, address: null },
        { action: 'staff.password_link', who: owner.staffId, object: member.id, address: null },
        { action: 'password.reset', who: member.id, object: null, address: FROM.address },
      ]);
    });

    test('does not remove the second factor', async () => {
      await query(
        database(),
        `insert into second_factors (staff_id, sealed, encryption_key_id, confirmed_at) values ($1::uuid, 'x', 'k', now())`,
        [member.id],
      );
      expect(await use(await linkFor(member.id))).toBe(member.email);
      expect(await hasSecondFactor(member.id)).toBe(true);
    });

    type Ending = (token: string) => Promise<unknown>;
    const ENDINGS: readonly (readonly [string, Ending])[] = [
      ['a later link for the same member', () => linkFor(member.id)],
      ['an owner who revokes it', () => revokePasswordReset(owner, member.id, START)],
      ['a member who is disabled', () => setDisabled(owner, member.id, true)],
      [
        'a member who was disabled and is enabled again',
        async () => {
          await setDisabled(owner, member.id, true);
          await setDisabled(owner, member.id, false);
        },
      ],
      [
        'a password that the member changed meanwhile',
        async () => {
          const access = accessOf({ staffId: member.id, role: 'support', email: member.email });
          const asker = { email: member.email, address: null, browser: null };
          await changePassword(access, asker, { old: OLD, new: 'four white storks' });
        },
      ],
      ['a password that the operator set', () => resetPasswordByOperator(member.email, 'four white storks')],
      [
        'an owner who is an owner no more',
        async () => {
          await createStaff({ email: `other-${made}@shop.example`, name: 'O', role: 'owner', password: OLD });
          await setRights(owner, owner.staffId, { role: 'support', projects: 'all' });
        },
      ],
    ];

    test.each(ENDINGS)('is ended by %s', async (_what, end) => {
      const token = await linkFor(member.id);
      await end(token);
      expect(await emailOfReset(token, START)).toBe(null);
      expect(await use(token)).toBe(null);
      expect(await letsIn(NEW)).toBe(false);
    });

    test('ends by itself', async () => {
      const token = await linkFor(member.id);
      expect(await emailOfReset(token, after(RESET_HOURS - 0.01))).toBe(member.email);
      expect(await use(token, after(RESET_HOURS))).toBe(null);
      expect(await findPasswordReset(owner, member.id, after(RESET_HOURS))).toBe(null);
    });

    test.each(['', 'x', '0'.repeat(32), 'x'.repeat(5_000), "' or 1=1 --"])(
      'that nobody made does nothing: %s',
      async (token) => {
        await linkFor(member.id);
        expect(await emailOfReset(token, START)).toBe(null);
        expect(await use(token)).toBe(null);
      },
    );

    test('is made by an owner alone, for another enabled member', async () => {
      for (const role of ROLES.filter((one) => one !== 'owner')) {
        const access = accessOf({ staffId: owner.staffId, role });
        expect(await makePasswordReset(access, member.id, START)).toEqual({ outcome: 'no_member' });
        expect(await revokePasswordReset(access, member.id, START)).toBe(false);
        expect(await findPasswordReset(access, member.id, START)).toBe(null);
      }
      // Their own password needs the present one: a computer left unlocked is no way around it.
      expect(await makePasswordReset(owner, owner.staffId, START)).toEqual({ outcome: 'no_member' });
      expect(await makePasswordReset(owner, 'nobody', START)).toEqual({ outcome: 'no_member' });
      await setDisabled(owner, member.id, true);
      expect(await makePasswordReset(owner, member.id, START)).toEqual({ outcome: 'no_member' });
    });

    test('is made so often within an hour and no oftener, and the last one goes on', async () => {
      let last = '';
      for (let count = 0; count < MAX_RESETS_PER_HOUR; count += 1) last = await linkFor(member.id);
      expect(await makePasswordReset(owner, member.id, after(0.5))).toEqual({ outcome: 'limited' });
      expect(await emailOfReset(last, after(0.5))).toBe(member.email);
      expect((await makePasswordReset(owner, member.id, after(1.01))).outcome).toBe('made');
    });
  });

  describe('a password that the operator sets', () => {
    test('lets in instead of the old one, ends every session, and is audited without a member', async () => {
      const sessions = [await sessionOf(member.email), await sessionOf(member.email)];
      expect(await resetPasswordByOperator(` ${member.email.toUpperCase()} `, NEW)).toEqual({
        id: member.id,
        email: member.email,
        sessionsEnded: 2,
      });
      expect([await letsIn(OLD), await letsIn(NEW)]).toEqual([false, true]);
      for (const session of sessions) expect(await findSession(session)).toBe(null);
      const log = await query(
        database(),
        `select staff_id, detail from audit_log where action = 'staff.password_reset' and object = $1::text`,
        [member.id],
      );
      expect(log).toEqual([{ staff_id: null, detail: { by: 'operator' } }]);
    });

    test.each([
      ['nobody@shop.example', NEW, /There is no member of staff with the e-mail address nobody@shop.example/],
      ['nobody@shop.example', 'short', /10 to 200 characters/],
    ])('is refused in a sentence: %s %s', async (email, password, sentence) => {
      await expect(resetPasswordByOperator(email, password)).rejects.toThrow(sentence);
    });

    test('is refused for a disabled member and changes nothing', async () => {
      await setDisabled(owner, member.id, true);
      await expect(resetPasswordByOperator(member.email, NEW)).rejects.toThrow(/is disabled/);
      await setDisabled(owner, member.id, false);
      expect(await letsIn(OLD)).toBe(true);
    });
  });
});
