import { expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { passwordMatches } from './passwords';
import { findMemberByEmail, getTimeZone } from './queries';
import { createOwner, type NewOwner, ownerExists, setupToken } from './setup';

const owner = (email: string): NewOwner => ({
  token: setupToken(),
  name: 'Olena',
  email,
  password: 'three grey herons',
  timeZone: 'Europe/Kyiv',
});

test('the token is fit for a link and always the same', () => {
  expect(setupToken()).toMatch(/^[\w-]{43}$/);
  expect(setupToken()).toBe(setupToken());
});

eachDatabase(
  (database) => {
    test('without the token nobody becomes the owner', async () => {
      for (const token of ['', 'x', `${setupToken()}x`, setupToken().toLowerCase()]) {
        expect(await createOwner({ ...owner('stranger@shop.example'), token })).toEqual({
          ok: false,
          reason: 'wrong_token',
        });
      }
      expect(await ownerExists()).toBe(false);
      expect(await getTimeZone()).toBe('UTC');
    });

    test('of many that race, one becomes the owner', async () => {
      const emails = Array.from({ length: 6 }, (_, index) => `racer${index}@shop.example`);
      const answers = await Promise.all(emails.map((email) => createOwner(owner(email))));
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      for (const answer of answers) if (!answer.ok) expect(answer.reason).toBe('owner_exists');
      const rows = await database().orm.query.staff.findMany();
      expect(rows.map((row) => row.role)).toEqual(['owner']);
      const [made] = rows;
      const member = await findMemberByEmail((made?.email ?? '').toUpperCase());
      expect(member).toMatchObject({ id: made?.id, name: 'Olena', role: 'owner', projects: 'all' });
      expect(await passwordMatches(member?.passwordHash ?? null, 'three grey herons')).toBe(true);
      expect(await getTimeZone()).toBe('Europe/Kyiv');
    });

    test('afterwards it is refused, with the right token too', async () => {
      expect(await createOwner(owner('late@shop.example'))).toEqual({ ok: false, reason: 'owner_exists' });
      const log = await database().orm.query.auditLog.findMany();
      expect(log.map(({ action }) => action)).toEqual(['owner.create']);
    });
  },
  { shuffle: false },
);
