import { beforeEach, describe, expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { query } from '@/lib/postbacks/shop.testing';
import { createProject } from '@/lib/projects/create';
import type { Access, Role } from './access';
import { accessOf } from './access.testing';
import { createStaff } from './create';
import { setDisabled, setRights } from './manage';
import { getStaffLine, listStaff } from './members';
import { findSession } from './sessions';
import { sessionOf } from './sessions.testing';

eachDatabase((database) => {
  let made = 0;
  async function member(role: Role): Promise<Access & { readonly email: string }> {
    made += 1;
    const email = `${role}-${made}@shop.example`;
    const { id } = await createStaff({ email, name: `Number ${made}`, role, password: 'three grey herons' });
    return accessOf({ staffId: id, email, role });
  }
  const owners = async (): Promise<number> =>
    (await query(database(), `select id from staff where role = 'owner' and disabled_at is null`, [])).length;
  const logged = async (object: string): Promise<readonly string[]> =>
    (
      await query<{ action: string }>(database(), 'select action from audit_log where object = $1 order by at', [
        object,
      ])
    ).map(({ action }) => action);

  beforeEach(() => query(database(), 'update staff set disabled_at = now() where disabled_at is null', []));

  describe('a member', () => {
    test('gets another role and other projects at once, and it is on record', async () => {
      const [owner, ira] = [await member('owner'), await member('support')];
      const [one, two] = [
        await createProject({ name: 'b One', provider: 'trybit', credential: null }),
        await createProject({ name: 'A two', provider: 'trybit', credential: null }),
      ];
      const session = await sessionOf(ira.email);
      expect(await setRights(owner, ira.staffId, { role: 'manager', projects: [one.id, two.id, 'x'] })).toBe('done');
      expect((await findSession(session))?.member.role).toBe('manager');
      expect((await getStaffLine(owner, ira.staffId))?.projects).toEqual([
        { id: two.id, name: 'A two' },
        { id: one.id, name: 'b One' },
      ]);
      expect(await setRights(owner, ira.staffId, { role: 'manager', projects: [two.id] })).toBe('done');
      expect((await findSession(session))?.member.projects).toEqual([two.id]);
      expect(await setRights(owner, ira.staffId, { role: 'owner', projects: [] })).toBe('done');
      expect((await findSession(session))?.member).toMatchObject({ role: 'owner', projects: 'all' });
      expect(await logged(ira.staffId)).toEqual(['staff.rights', 'staff.rights', 'staff.rights']);
    });

    test('who is disabled is signed out everywhere, and enabled again signs in anew', async () => {
      const [owner, ira] = [await member('owner'), await member('support')];
      const session = await sessionOf(ira.email);
      expect(await setDisabled(owner, ira.staffId, true)).toBe('done');
      expect(await findSession(session)).toBe(null);
      expect((await listStaff(owner)).find(({ id }) => id === ira.staffId)?.disabledAt).not.toBe(null);
      expect(await setDisabled(owner, ira.staffId, false)).toBe('done');
      expect(await findSession(session)).toBe(null);
      expect(await findSession(await sessionOf(ira.email))).not.toBe(null);
      expect(await logged(ira.staffId)).toEqual(['staff.disable', 'staff.enable']);
    });

    test('is changed by an owner alone', async () => {
      const [manager, ira] = [await member('manager'), await member('support')];
      expect(await setRights(manager, ira.staffId, { role: 'owner', projects: 'all' })).toBe('gone');
      expect(await setDisabled(manager, ira.staffId, true)).toBe('gone');
      expect(await listStaff(manager)).toEqual([]);
      expect(await getStaffLine(manager, ira.staffId)).toBe(null);
      expect(await findSession(await sessionOf(ira.email))).not.toBe(null);
    });
  });

  describe('the last owner', () => {
    test('is neither disabled nor given another role, not even by themselves', async () => {
      const owner = await member('owner');
      expect(await setDisabled(owner, owner.staffId, true)).toBe('last_owner');
      expect(await setRights(owner, owner.staffId, { role: 'manager', projects: 'all' })).toBe('last_owner');
      expect(await setRights(owner, owner.staffId, { role: 'owner', projects: 'all' })).toBe('done');
      expect(await owners()).toBe(1);
      expect(await setDisabled(owner, crypto.randomUUID(), true)).toBe('gone');
    });

    test('is no longer the last once there is another', async () => {
      const [owner, other] = [await member('owner'), await member('owner')];
      expect(await setRights(owner, other.staffId, { role: 'manager', projects: 'all' })).toBe('done');
      expect(await setDisabled(owner, owner.staffId, true)).toBe('last_owner');
    });

    test('stays when several remove one another at once', async () => {
      for (let round = 0; round < 60; round += 1) {
        await query(database(), 'update staff set disabled_at = now() where disabled_at is null', []);
        const all = [await member('owner'), await member('owner'), await member('owner')];
        const acts = all.flatMap((by, index) => {
          const next = all[(index + 1) % all.length]?.staffId ?? '';
          const other = all[(index + 2) % all.length]?.staffId ?? '';
          return [setDisabled(by, next, true), setRights(by, other, { role: 'support', projects: 'all' })];
        });
        await Promise.all(acts);
        expect(await owners()).toBe(1);
      }
    });
  });
});
