import { expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { createProject } from '@/lib/projects/create';
import { createStaff, type NewStaff } from './create';
import { findMemberByEmail, getTimeZone } from './queries';
import { createOwner, ownerExists, setupToken } from './setup';

const support: NewStaff = {
  email: 'ira@shop.example',
  name: 'Ira',
  role: 'support',
  password: 'three grey herons',
};

eachDatabase(
  (database) => {
    test('who is given projects sees those and no others', async () => {
      const mine = await createProject({ name: 'Mine', provider: 'cryptocloud', credential: null });
      await createProject({ name: 'Not mine', provider: 'trybit', credential: null });
      const made = await createStaff({ ...support, projectIds: [mine.id, mine.id] });
      expect(made).toEqual({ id: expect.any(String), email: support.email, role: 'support' });
      expect(await findMemberByEmail(support.email)).toMatchObject({ projects: [mine.id] });
    });

    test('who is given none by name sees all, an empty list means none', async () => {
      await createStaff({ ...support, email: 'all@shop.example' });
      await createStaff({ ...support, email: 'none@shop.example', projectIds: [] });
      expect(await findMemberByEmail('all@shop.example')).toMatchObject({ projects: 'all' });
      expect(await findMemberByEmail('none@shop.example')).toMatchObject({ projects: [] });
    });

    test('what cannot be is refused in a sentence and changes nothing', async () => {
      const before = await database().orm.query.staff.findMany();
      await expect(createStaff({ ...support, email: 'IRA@shop.example' })).rejects.toThrow(/already a member/);
      await expect(createStaff({ ...support, email: 'nobody' })).rejects.toThrow(/e-mail address/);
      await expect(createStaff({ ...support, email: 'a@b.example', password: 'short' })).rejects.toThrow(/10 to 200/);
      await expect(createStaff({ ...support, email: 'a@b.example', projectIds: ['x'] })).rejects.toThrow(/no project/);
      expect(await database().orm.query.staff.findMany()).toHaveLength(before.length);
    });

    test('a member who is no owner leaves the first run open', async () => {
      expect(await ownerExists()).toBe(false);
      const taken = {
        token: setupToken(),
        name: 'Ira',
        email: support.email,
        password: support.password,
        timeZone: 'UTC',
      };
      expect(await createOwner(taken)).toEqual({ ok: false, reason: 'email_taken' });
    });

    test.each([
      ['no zone at all', 'owner', 'Mars/Base', /Mars\/Base is not a time zone/],
      ['an offset, which knows no summer', 'owner', '+02:00', /not a time zone/],
      ['an empty one', 'owner', '', /not a time zone/],
      ['a zone without an owner', 'support', 'Europe/Kyiv', /with the first owner/],
    ] as const)('the first time zone: %s is refused and makes nobody', async (_kind, role, timeZone, sentence) => {
      const member = { ...support, email: 'zone@shop.example', role, timeZone };
      await expect(createStaff(member)).rejects.toThrow(sentence);
      expect(await findMemberByEmail('zone@shop.example')).toBeNull();
      expect(await ownerExists()).toBe(false);
    });

    test('an owner made by the operator closes it', async () => {
      await createStaff({ ...support, email: 'owner@shop.example', role: 'owner', timeZone: 'europe/kiev' });
      expect(await ownerExists()).toBe(true);
      expect(await getTimeZone()).toBe('Europe/Kyiv');
      const late = {
        token: setupToken(),
        name: 'Late',
        email: 'late@shop.example',
        password: support.password,
        timeZone: 'UTC',
      };
      expect(await createOwner(late)).toEqual({ ok: false, reason: 'owner_exists' });
    });

    test('a later member changes no time zone, and is made where it is the same', async () => {
      const second = { ...support, email: 'second@shop.example', role: 'owner' } as const;
      await expect(createStaff({ ...second, timeZone: 'Europe/Lisbon' })).rejects.toThrow(/Europe\/Kyiv already/);
      expect(await findMemberByEmail(second.email)).toBeNull();
      await createStaff({ ...second, timeZone: 'Europe/Kyiv' });
      expect(await getTimeZone()).toBe('Europe/Kyiv');
    });

    test('a disabled member is nobody', async () => {
      await database().run({ name: 'test_disable', text: 'update staff set disabled_at = now() where email = $1' }, [
        support.email,
      ]);
      expect(await findMemberByEmail(support.email)).toBeNull();
    });
  },
  { shuffle: false },
);
