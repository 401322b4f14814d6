import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { query } from '@/lib/postbacks/shop.testing';
import { createProject } from '@/lib/projects/create';
import type { Access } from './access';
import { accessOf } from './access.testing';
import { createStaff } from './create';
import { acceptInvitation, findInvitation, invite, listInvitations, revokeInvitation } from './invitations';
import { setDisabled } from './manage';
import { passwordMatches } from './passwords';
import { findMemberByEmail } from './queries';

const START = new Date('2026-03-01T08:00:00Z');
const after = (hours: number): Date => new Date(START.getTime() + hours * 3_600_000);
const NEWCOMER = { name: 'Nina', password: 'two green parrots' };

eachDatabase((database) => {
  let owner: Access;
  const invited = async (email: string, by = owner): Promise<string> => {
    const token = await invite(by, { email, role: 'support', projects: 'all' }, START);
    if (token === null) throw new Error('Nobody was invited');
    return token;
  };

  beforeAll(async () => {
    const password = 'three grey herons';
    const made = await createStaff({ email: 'owner@shop.example', name: 'Olena', role: 'owner', password });
    owner = accessOf({ staffId: made.id });
  });

  describe('an invitation', () => {
    test('makes the member that was invited, once', async () => {
      const project = await createProject({ name: 'Mine', provider: 'trybit', credential: null });
      const wanted = { email: 'nina@shop.example', role: 'accountant', projects: [project.id] } as const;
      const token = (await invite(owner, wanted, START)) ?? '';
      expect(await findInvitation(token, after(71.9))).toMatchObject({
        email: 'nina@shop.example',
        role: 'accountant',
      });
      expect(await acceptInvitation(token, NEWCOMER, after(71.9))).toBe('nina@shop.example');
      const nina = await findMemberByEmail('nina@shop.example');
      expect(nina).toMatchObject({ name: 'Nina', role: 'accountant', projects: [project.id] });
      expect(await passwordMatches(nina?.passwordHash ?? null, NEWCOMER.password)).toBe(true);
      expect(await acceptInvitation(token, NEWCOMER, after(71.9))).toBe(null);
      expect(await findInvitation(token, after(71.9))).toBe(null);
    });

    test('makes one member of those who use it at once', async () => {
      const token = await invited('race@shop.example');
      const made = await Promise.all(Array.from({ length: 6 }, () => acceptInvitation(token, NEWCOMER, START)));
      expect(made.filter((email) => email !== null)).toEqual(['race@shop.example']);
    });

    test('ends after 72 hours', async () => {
      const token = await invited('late@shop.example');
      expect(await acceptInvitation(token, NEWCOMER, after(72))).toBe(null);
      expect(await findMemberByEmail('late@shop.example')).toBe(null);
    });

    test('is revoked, also by a later one for the same person', async () => {
      const first = await invited('twice@shop.example');
      const second = await invited('Twice@shop.example');
      expect(await findInvitation(first, START)).toBe(null);
      const [line] = (await listInvitations(owner, START)).filter(({ email }) => email === 'Twice@shop.example');
      expect(await revokeInvitation(owner, line?.id ?? '', START)).toBe(true);
      expect(await revokeInvitation(owner, line?.id ?? '', START)).toBe(false);
      expect(await acceptInvitation(second, NEWCOMER, START)).toBe(null);
    });

    test('of somebody who is no owner any more is worth nothing', async () => {
      const password = 'three grey herons';
      const { id } = await createStaff({ email: 'former@shop.example', name: 'Former', role: 'owner', password });
      const token = await invited('friend@shop.example', accessOf({ staffId: id }));
      await setDisabled(owner, id, true);
      expect(await findInvitation(token, START)).toBe(null);
      expect(await acceptInvitation(token, NEWCOMER, START)).toBe(null);
    });

    test('is made by an owner alone, and not for a member', async () => {
      const manager = accessOf({ staffId: owner.staffId, role: 'manager' });
      const wanted = { email: 'new@shop.example', role: 'owner', projects: 'all' } as const;
      expect(await invite(manager, wanted, START)).toBe(null);
      expect(await listInvitations(manager, START)).toEqual([]);
      expect(await invite(owner, { ...wanted, email: 'OWNER@shop.example' }, START)).toBe(null);
    });

    test('leaves its link nowhere, and every act on record', async () => {
      const token = await invited('trace@shop.example');
      await acceptInvitation(token, NEWCOMER, START);
      const rows = await query(database(), 'select * from invitations', []);
      expect(JSON.stringify(rows)).not.toContain(token);
      const acts = await query<{ action: string }>(
        database(),
        `select action from audit_log where object = 'trace@shop.example' order by at`,
        [],
      );
      expect(acts.map(({ action }) => action)).toEqual(['staff.invite', 'staff.join']);
    });
  });
});
