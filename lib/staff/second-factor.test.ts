import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { query } from '@/lib/postbacks/shop.testing';
import type { Access } from './access';
import { accessOf } from './access.testing';
import { RECOVERY_CODES } from './codes';
import { createStaff } from './create';
import {
  beginSecondFactor,
  cancelSecondFactor,
  confirmSecondFactor,
  hasSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
  takeCode,
} from './second-factor';

const START = new Date('2026-03-01T08:00:00Z');
const later = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);

/** What the telephone shows. */
function app(secret: string, at: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
}

eachDatabase((database) => {
  let me: Access;
  let id: string;
  let made = 0;

  beforeEach(async () => {
    made += 1;
    const email = `member-${made}@shop.example`;
    ({ id } = await createStaff({ email, name: 'Ira', role: 'support', password: 'three grey herons' }));
    me = accessOf({ staffId: id, email, role: 'support' });
  });

  async function begun(): Promise<string> {
    await beginSecondFactor(me);
    const factor = await readSecondFactor(me);
    if (factor.state !== 'begun') throw new Error('It did not begin');
    return factor.secret;
  }

  async function turnedOn(): Promise<{ readonly secret: string; readonly codes: readonly string[] }> {
    const secret = await begun();
    return { secret, codes: (await confirmSecondFactor(me, app(secret, START), START)) ?? [] };
  }

  describe('a second factor', () => {
    test('counts once a code of the app was entered', async () => {
      const secret = await begun();
      expect(await hasSecondFactor(id)).toBe(false);
      expect(await takeCode(id, app(secret, START), START)).toBe(false);
      expect(await confirmSecondFactor(me, app(secret, later(-120)), START)).toBe(null);
      expect(await confirmSecondFactor(me, 'abcdef', START)).toBe(null);
      const codes = await confirmSecondFactor(me, app(secret, START), START);
      expect(codes).toHaveLength(RECOVERY_CODES);
      expect(await hasSecondFactor(id)).toBe(true);
      expect(await readSecondFactor(me)).toMatchObject({ state: 'on', codesLeft: RECOVERY_CODES });
      await beginSecondFactor(me);
      expect(await takeCode(id, app(secret, later(60)), later(60))).toBe(true);
    });

    test('that was begun is given up, one that is on is not', async () => {
      await begun();
      await cancelSecondFactor(me);
      expect(await readSecondFactor(me)).toEqual({ state: 'off' });
      await turnedOn();
      await cancelSecondFactor(me);
      expect(await hasSecondFactor(id)).toBe(true);
    });

    test('takes a code once, also when it comes twice at once, and none of an earlier step', async () => {
      const { secret } = await turnedOn();
      expect(await takeCode(id, app(secret, START), START)).toBe(false);
      const now = later(90);
      const code = app(secret, now);
      const taken = await Promise.all(
        [1, 2, 3, 4].map(() => takeCode(id, `${code.slice(0, 3)} ${code.slice(3)}`, now)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await takeCode(id, app(secret, later(60)), now)).toBe(false);
      expect(await takeCode(id, app(secret, later(120)), now)).toBe(true);
      expect(await takeCode(id, app(secret, later(600)), later(540))).toBe(false);
    });

    test('takes each recovery code once, however it is typed, and nobody else’s', async () => {
      const { codes } = await turnedOn();
      const [first = '', second = ''] = codes;
      const taken = await Promise.all(
        [1, 2, 3].map(() => takeCode(id, first.toLowerCase().replaceAll('-', ' '), START)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await readSecondFactor(me)).toMatchObject({ codesLeft: RECOVERY_CODES - 1 });
      const mine = { me, id };
      const other = await createStaff({
        email: `o${made}@b.example`,
        name: 'O',
        role: 'owner',
        password: 'three grey herons',
      });
      me = accessOf({ staffId: other.id, email: 'o@b.example' });
      await turnedOn();
      expect(await takeCode(other.id, second, START)).toBe(false);
      expect(await takeCode(mine.id, second, START)).toBe(true);
    });

    test('new recovery codes end the old ones', async () => {
      const { codes } = await turnedOn();
      const renewed = (await renewRecoveryCodes(me)) ?? [];
      expect(await takeCode(id, codes[0] ?? '', START)).toBe(false);
      expect(await takeCode(id, renewed[0] ?? '', START)).toBe(true);
      await removeSecondFactor(me);
      expect(await renewRecoveryCodes(me)).toBe(null);
    });

    test('is turned off by oneself, and for somebody else by an owner alone', async () => {
      const { secret } = await turnedOn();
      const support = accessOf({ staffId: crypto.randomUUID(), role: 'support' });
      expect(await resetSecondFactor(support, id)).toBe(false);
      expect(await hasSecondFactor(id)).toBe(true);
      const { id: ownerId } = await createStaff({
        email: `owner-${made}@shop.example`,
        name: 'Olena',
        role: 'owner',
        password: 'three grey herons',
      });
      expect(await resetSecondFactor(accessOf({ staffId: ownerId }), id)).toBe(true);
      expect(await hasSecondFactor(id)).toBe(false);
      expect(await takeCode(id, app(secret, later(60)), later(60))).toBe(false);
      expect(await readSecondFactor(me)).toEqual({ state: 'off' });
    });

    test('stands in the database in no form that anybody could use', async () => {
      const { secret, codes } = await turnedOn();
      const rows = [
        ...(await query(database(), `select staff_id, encode(sealed, 'escape') as sealed from second_factors`, [])),
        ...(await query(database(), 'select * from recovery_codes', [])),
      ];
      for (const text of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
        expect(JSON.stringify(rows)).not.toContain(text);
    });
  });
});
