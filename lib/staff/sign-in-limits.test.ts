import { describe, expect, test } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { query } from '@/lib/postbacks/shop.testing';
import { createStaff } from './create';
import { type Asker, MOST_CODES, MOST_FAILURES, withinLimits } from './sign-in-limits';

const START = Date.parse('2026-03-01T08:00:00Z');
let hour = 0;

/** Each test an hour of its own, so that none counts for another. */
function clock(): (minutes: number) => Date {
  hour += 1;
  const begin = START + hour * 3_600_000;
  return (minutes) => new Date(begin + minutes * 60_000);
}

const from = (address: string | null, email = 'owner@shop.example', browser: string | null = null): Asker => ({
  email,
  address,
  browser,
});
const wrong = async (asker: Asker, now: Date): Promise<string> =>
  (await withinLimits(asker, async () => null, now)).outcome;
const right = async (asker: Asker, now: Date): Promise<string> =>
  (await withinLimits(asker, async () => 'in', now)).outcome;

async function fail(times: number, askerOf: (index: number) => Asker, now: Date): Promise<void> {
  for (let index = 0; index < times; index += 1) expect(await wrong(askerOf(index), now)).toBe('wrong');
}

eachDatabase((database) => {
  describe('failed sign-ins', () => {
    test('ten at one address close the account there for a quarter of an hour, and nowhere else', async () => {
      const at = clock();
      await fail(MOST_FAILURES.accountAndAddress, () => from('198.51.100.1'), at(0));
      expect(await right(from('198.51.100.1'), at(14.9))).toBe('limited');
      expect(await right(from('198.51.100.1', 'OWNER@shop.example '), at(14.9))).toBe('limited');
      expect(await right(from('198.51.100.2'), at(14.9))).toBe('right');
      expect(await right(from('198.51.100.1', 'other@shop.example'), at(14.9))).toBe('right');
      expect(await right(from('198.51.100.1'), at(15))).toBe('right');
    });

    test('a refused attempt is none: hammering does not prolong the wait', async () => {
      const at = clock();
      await fail(10, () => from('198.51.100.1'), at(0));
      for (let minute = 1; minute < 15; minute += 1)
        expect(await wrong(from('198.51.100.1'), at(minute))).toBe('limited');
      expect(await right(from('198.51.100.1'), at(15))).toBe('right');
    });

    test('what is right is no failure', async () => {
      const at = clock();
      for (let times = 0; times < 40; times += 1) expect(await right(from('198.51.100.1'), at(0))).toBe('right');
    });

    test('thirty at one address close it for every account', async () => {
      const at = clock();
      await fail(MOST_FAILURES.address, (index) => from('198.51.100.1', `${index}@shop.example`), at(0));
      expect(await right(from('198.51.100.1', 'new@shop.example'), at(1))).toBe('limited');
      expect(await right(from('198.51.100.2', 'new@shop.example'), at(1))).toBe('right');
    });

    test('an IPv6 subscriber is one address, and whom nobody can tell apart are one', async () => {
      const at = clock();
      await fail(10, (index) => from(`2001:db8:0:7::${index + 1}`), at(0));
      expect(await right(from('2001:db8:0:7:ffff::1'), at(0))).toBe('limited');
      expect(await right(from('2001:db8:0:8::1'), at(0))).toBe('right');
      await fail(10, () => from(null, 'a@shop.example'), at(0));
      expect(await right(from(null, 'a@shop.example'), at(0))).toBe('limited');
    });

    test('a hundred from everywhere close the account, but not in the browsers it knows', async () => {
      const at = clock();
      await fail(MOST_FAILURES.account, (index) => from(`198.51.100.${index}`), at(0));
      expect(await right(from('203.0.113.1'), at(1))).toBe('limited');
      expect(await right(from('203.0.113.1', 'owner@shop.example', 'known'), at(1))).toBe('right');
      await fail(MOST_FAILURES.browser, () => from('203.0.113.1', 'owner@shop.example', 'known'), at(1));
      expect(await right(from('203.0.113.1', 'owner@shop.example', 'known'), at(1))).toBe('limited');
      expect(await right(from('203.0.113.1', 'owner@shop.example', 'also known'), at(1))).toBe('right');
    });

    test('of many at once no more than ten are looked at', async () => {
      const at = clock();
      let looked = 0;
      const check = async (): Promise<null> => {
        looked += 1;
        return null;
      };
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, () => withinLimits(from('198.51.100.1'), check, at(0))),
      );
      expect(looked).toBeLessThanOrEqual(MOST_FAILURES.accountAndAddress);
      expect(outcomes.filter(({ outcome }) => outcome === 'limited')).toHaveLength(40 - looked);
    });

    test('hold no address of mail in plain text, and go after their quarter of an hour', async () => {
      const at = clock();
      await fail(3, () => from('198.51.100.1', 'my password by mistake'), at(0));
      const rows = (): Promise<object[]> => query(database(), 'select * from sign_in_failures', []);
      expect(JSON.stringify(await rows())).not.toContain('mistake');
      await right(from('198.51.100.2'), at(16));
      expect(await rows()).toEqual([]);
    });

    test('an error of the check is not forgiven', async () => {
      const at = clock();
      const broken = (): Promise<never> => Promise.reject(new Error('no database'));
      for (let times = 0; times < 10; times += 1)
        await expect(withinLimits(from('198.51.100.1'), broken, at(0))).rejects.toThrow('no database');
      expect(await right(from('198.51.100.1'), at(0))).toBe('limited');
    });
  });

  describe('wrong codes', () => {
    const code = (asker: Asker, now: Date, value: string | null = null): Promise<{ readonly outcome: string }> =>
      withinLimits(asker, async () => value, now, 'code');

    test('have a budget of their own, whatever the addresses, and many at once get no further', async () => {
      const at = clock();
      const email = `${crypto.randomUUID()}@shop.example`;
      const guesses = await Promise.all(
        Array.from({ length: 40 }, (_, index) => code(from(`203.0.${index}.1`, email), at(0))),
      );
      expect(guesses.filter(({ outcome }) => outcome === 'wrong').length).toBeLessThanOrEqual(MOST_CODES.quarter);
      await fail(1, () => from('198.51.100.1', email), at(1));
      expect(await right(from('198.51.100.1', email), at(1))).toBe('right');
    });

    test('end after ten in a quarter of an hour, and after fifty a day', async () => {
      const at = clock();
      const asker = from('198.51.100.1', `${crypto.randomUUID()}@shop.example`);
      for (let round = 0; round < 5; round += 1) {
        const minutes = round * 20;
        for (let guess = 0; guess < MOST_CODES.quarter; guess += 1)
          expect((await code(asker, at(minutes))).outcome).toBe('wrong');
        expect((await code(asker, at(minutes + 1), 'in')).outcome).toBe('limited');
      }
      expect((await code(asker, at(20 * 60), 'in')).outcome).toBe('limited');
      expect((await code({ ...asker, browser: 'known' }, at(20 * 60), 'in')).outcome).toBe('right');
      expect((await code(asker, at(26 * 60), 'in')).outcome).toBe('right');
    });

    test('are not counted with wrong passwords', async () => {
      const at = clock();
      const asker = from('198.51.100.7', `${crypto.randomUUID()}@shop.example`);
      await fail(MOST_FAILURES.accountAndAddress, () => asker, at(0));
      expect(await right(asker, at(1))).toBe('limited');
      expect((await code(asker, at(1), 'in')).outcome).toBe('right');
    });
  });

  describe('the audit log', () => {
    const entries = (id: string): Promise<{ readonly kind: string; readonly failures: number }[]> =>
      query(
        database(),
        `select detail->>'kind' as kind, (detail->>'failures')::int as failures from audit_log
         where action = 'sign_in.failed' and object = $1 and staff_id is null order by at`,
        [id],
      );

    test('has every wrong code, and of wrong passwords the 1st, 3rd, 10th, 30th and 100th', async () => {
      const at = clock();
      const email = `${crypto.randomUUID()}@shop.example`;
      const { id } = await createStaff({ email, name: 'A', role: 'support', password: 'three grey herons' });
      await fail(12, (index) => from(`198.51.${index}.1`, email.toUpperCase()), at(0));
      expect(await entries(id)).toEqual([1, 3, 10].map((failures) => ({ kind: 'password', failures })));
      for (let guess = 0; guess < 2; guess += 1)
        await withinLimits(from('198.51.100.1', email), async () => null, at(0), 'code');
      expect((await entries(id)).slice(3)).toEqual([1, 2].map((failures) => ({ kind: 'code', failures })));
    });

    test('says nothing of addresses that are no account, nor of what was typed there', async () => {
      const before = await query(database(), `select id from audit_log where action = 'sign_in.failed'`);
      await fail(3, () => from('198.51.100.1', 'my password\0, typed into the wrong field'), clock()(0));
      expect(await query(database(), `select id from audit_log where action = 'sign_in.failed'`)).toEqual(before);
    });
  });
});
