import { beforeAll, describe, expect, test } from 'vitest';
import { closeDatabase, getDatabase, isUnavailable, openDatabase, setDatabase } from '@/lib/db/client';
import { eachDatabase } from '@/lib/db/testing';
import { createStaff } from './create';
import { nameBrowser, readBrowser } from './known-browser';
import { memberByPassword } from './sign-in';

const PASSWORD = 'three grey herons';
const EMAIL = 'kira@shop.example';
const from = (address: string, email = EMAIL) => ({ email, address, browser: null });

eachDatabase((database) => {
  beforeAll(() => createStaff({ email: EMAIL, name: 'Kira', role: 'owner', password: PASSWORD }));

  describe('signing in', () => {
    test('takes the right password and no other', async () => {
      expect(await memberByPassword(from('198.51.100.1'), PASSWORD)).toMatchObject({
        outcome: 'right',
        value: { email: EMAIL },
      });
      expect(await memberByPassword(from('198.51.100.1'), 'another')).toEqual({ outcome: 'wrong' });
    });

    test('says of an account that is not there what it says of one that is, also past the limit', async () => {
      for (const email of [EMAIL, 'nobody@shop.example']) {
        const heard: string[] = [];
        for (let times = 0; times < 12; times += 1)
          heard.push((await memberByPassword(from('198.51.100.2', email), 'another')).outcome);
        expect(heard).toEqual([...Array<string>(10).fill('wrong'), 'limited', 'limited']);
      }
    });

    test('a letter that some databases make small is no way around the count', async () => {
      const kelvin = EMAIL.replace('k', '\u212A');
      expect(await memberByPassword(from('198.51.100.3', kelvin), PASSWORD)).toEqual({ outcome: 'wrong' });
      const dotted = EMAIL.replace('i', '\u0130');
      expect(await memberByPassword(from('198.51.100.3', dotted), PASSWORD)).toEqual({ outcome: 'wrong' });
    });

    test('nobody gets in while the database does not answer', async () => {
      const here = await getDatabase();
      try {
        setDatabase(await openDatabase({ url: 'postgres://a@127.0.0.1:1/a' }));
        const attempt = memberByPassword(from('198.51.100.4'), PASSWORD);
        await expect(attempt.catch((error: unknown) => isUnavailable(error))).resolves.toBe(true);
        await closeDatabase();
      } finally {
        setDatabase(here);
      }
      expect(await database().run({ name: null, text: 'select 1 as one' }, [])).toHaveLength(1);
    });
  });
});

describe('a known browser', () => {
  test('is known to the account that signed in with it, for half a year', async () => {
    const cookie = await nameBrowser(EMAIL);
    expect(await readBrowser(cookie, EMAIL)).toMatch(/^[\w-]{32}$/);
    expect(await readBrowser(cookie, EMAIL.toUpperCase())).not.toBe(null);
    expect(await readBrowser(cookie, 'other@shop.example')).toBe(null);
    expect(await readBrowser(cookie, EMAIL, new Date(Date.now() + 183 * 86_400_000))).toBe(null);
    const [header, , signature] = cookie.split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'another', exp: 9_999_999_999 })).toString('base64url');
    for (const forged of [
      undefined,
      '',
      '.',
      'name',
      'name.',
      `${header}.${claims}.${signature}`,
      `${header}.${claims}.`,
    ])
      expect(await readBrowser(forged, EMAIL)).toBe(null);
  });
});
