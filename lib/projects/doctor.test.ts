import { describe, expect, test } from 'vitest';
import type { Database } from '@/lib/db/client';
import { eachDatabase } from '@/lib/db/testing';
import { receive } from '@/lib/postbacks/receive';
import { deliver, openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import en from '@/messages/en/doctor.json';
import { replaceSecret } from './change';
import { createProject } from './create';
import { type Check, examine, type Finding, judge } from './doctor';
import { getProject } from './queries';

const OWNER = accessOf({ staffId: crypto.randomUUID() });
const WRONG = { key: 'another key of thirty-six characters' };

/** After the shop was made, whose secret is as old as the test. */
const later = (seconds: number): Date => new Date(Date.now() + 60_000 + seconds * 1000);

async function findings(shop: { readonly id: string }, now = later(3600), access: Access = OWNER) {
  const project = await getProject(access, shop.id);
  if (!project) throw new Error('There is no such project');
  const found = await examine(access, project, now);
  return (check: Check): Finding => {
    const finding = found.find((one) => one.check === check);
    if (!finding) throw new Error(`Nobody looked at ${check}`);
    return finding;
  };
}

async function idOf(database: Database, shop: Shop, outcome: string): Promise<string | undefined> {
  const text = `select id::text as id from postbacks where project_id = $1::uuid and outcome = $2::text
    order by received_at desc limit 1`;
  const [row] = await query<{ id: string }>(database, text, [shop.id, outcome]);
  return row?.id;
}

eachDatabase((database) => {
  test('of a project to which nothing came nothing is known', async () => {
    const found = await findings(await openShop());
    expect(found('reached')).toMatchObject({ state: 'unknown', word: 'nothing', source: null });
    expect(found('secret')).toMatchObject({ state: 'unknown', word: 'untried' });
    expect(found('redirect')).toMatchObject({ state: 'unknown', word: 'nothing' });
    expect(found('clock')).toMatchObject({ state: 'unknown', word: 'noToken' });
    expect(found('silence')).toMatchObject({ state: 'unknown', word: 'young' });
    expect(found('database').state).not.toBe('unknown');
  });

  test('our own test postback proves neither the way from outside nor the secret', async () => {
    const shop = await openShop();
    await post(shop, sample(shop, 'paid'), { key: await testKeyOf(database(), shop), now: later(0) });
    const found = await findings(shop);
    expect(found('reached')).toMatchObject({ state: 'unknown', word: 'test', source: { kind: 'postback' } });
    expect(found('secret')).toMatchObject({ state: 'unknown', word: 'untried' });
  });

  test('a postback that the provider signed proves both, and is the source', async () => {
    const shop = await openShop();
    await post(shop, sample(shop, 'paid'), { now: later(0) });
    const found = await findings(shop);
    const id = await idOf(database(), shop, 'accepted');
    for (const check of ['reached', 'secret', 'clock'] as const)
      expect(found(check)).toMatchObject({ state: 'good', source: { kind: 'postback', id } });
    expect(found('secret').values.hint).toBe(shop.key.slice(-4));
    expect(found('redirect')).toMatchObject({ state: 'good', word: 'none' });
  });

  test('what another key signed is counted since the last that was accepted', async () => {
    const shop = await openShop();
    await post(shop, sample(shop, 'paid'), { ...WRONG, now: later(0) });
    expect((await findings(shop))('reached')).toMatchObject({ state: 'attention', word: 'other' });
    await post(shop, sample(shop, 'paid'), { now: later(10) });
    expect((await findings(shop))('secret')).toMatchObject({ state: 'good' });
    await post(shop, sample(shop, 'paid'), { ...WRONG, now: later(20) });
    await post(shop, sample(shop, 'paid'), { ...WRONG, now: later(30) });
    const found = await findings(shop);
    expect(found('secret')).toMatchObject({ state: 'bad', word: 'wrongKey', values: { count: 2 } });
    expect(found('secret').source).toMatchObject({ id: await idOf(database(), shop, 'refused') });
    expect(found('reached').state).toBe('good');
  });

  test('NovaPay is told of its public key, and that its signatures tell no time', async () => {
    const shop = await openShop('novapay');
    const stranger = await openShop('novapay');
    await post(shop, sample(shop, 'paid'), { key: stranger.key, now: later(0) });
    const found = await findings(shop);
    expect(found('secret')).toMatchObject({ state: 'bad', word: 'wrongPublicKey', values: { count: 1 } });
    expect(found('clock')).toMatchObject({ state: 'unknown', word: 'untold' });
  });

  test('a new secret makes old refusals history, and is unknown until something is signed with it', async () => {
    const email = `${crypto.randomUUID()}@shop.example`;
    const { id } = await createStaff({ email, name: 'Olena', role: 'owner', password: 'three grey herons' });
    const shop = await openShop('trybit');
    await post(shop, sample(shop, 'paid'), { now: new Date() });
    await post(shop, sample(shop, 'paid'), { ...WRONG, now: new Date() });
    expect((await findings(shop))('secret')).toMatchObject({ state: 'bad', word: 'wrongKey', values: { count: 1 } });
    await replaceSecret(accessOf({ staffId: id }), shop.id, shop.provider, 'zY9xW8vU7tS6rQ5pO4nM3lK2jI1hG0fE9dC8');
    expect((await findings(shop))('secret')).toMatchObject({ state: 'unknown', word: 'replaced' });
  });

  test('without a secret it is bad', async () => {
    const bare = await createProject({ name: 'Bare', provider: 'cryptocloud', credential: null });
    expect((await findings(bare))('secret')).toMatchObject({ state: 'bad', word: 'missing' });
  });

  test('a GET within a week points to a redirect while nothing else comes, an older one no more', async () => {
    const shop = await openShop();
    await receive(new Request(`http://localhost${shop.path}`, { method: 'GET' }), { now: later(0) });
    await receive(new Request(`http://localhost${shop.path}`, { method: 'GET' }), { now: later(1) });
    const found = await findings(shop);
    expect(found('redirect')).toMatchObject({ state: 'attention', values: { count: 2 }, source: { kind: 'counter' } });
    expect((await findings(shop, later(8 * 86_400)))('redirect').state).toBe('unknown');
  });

  describe('the clock', () => {
    /** Made at one moment, received at another. */
    async function sent(shop: Shop, made: Date, received: Date): Promise<number> {
      const signed = await shop.provider.sign(sample(shop, 'paid'), shop.key, { now: made });
      return (await deliver(shop, signed, { now: received })).status;
    }

    test.each([
      [20, 'good', 'agrees'],
      [-20, 'good', 'agrees'],
      [100, 'attention', 'late'],
      [300, 'bad', 'late'],
      [-50, 'attention', 'early'],
      [900, 'bad', 'late'],
    ] as const)('that is %d s from the provider’s is %s', async (seconds, state, word) => {
      const shop = await openShop();
      const made = later(0);
      expect(await sent(shop, made, new Date(made.getTime() + seconds * 1000))).toBe(seconds < 330 ? 200 : 401);
      const found = (await findings(shop))('clock');
      expect(found).toMatchObject({ state, word, source: { kind: 'postback' } });
      expect(Math.abs((found.values.milliseconds ?? 0) - Math.abs(seconds) * 1000)).toBeLessThanOrEqual(1000);
    });

    test('is not judged by one postback that waited', async () => {
      const shop = await openShop();
      const made = later(0);
      await sent(shop, made, new Date(made.getTime() + 2000));
      await sent(shop, made, new Date(made.getTime() + 250_000));
      expect((await findings(shop))('clock').state).toBe('good');
    });

    test('is unknown when the bytes are gone', async () => {
      const shop = await openShop();
      await sent(shop, later(0), later(1));
      await query(database(), 'update postbacks set body = null where project_id = $1::uuid', [shop.id]);
      expect((await findings(shop))('clock')).toMatchObject({ state: 'unknown', word: 'noToken' });
    });
  });

  test('a project that sold every hour for weeks and then nothing is unusually silent', async () => {
    const shop = await openShop();
    const now = later(0);
    const day = 86_400_000;
    for (let back = 22; back > 1; back -= 0.5)
      await post(shop, sample(shop, 'paid'), { now: new Date(now.getTime() - back * day) });
    const atOnce = (await findings(shop, new Date(now.getTime() - 0.9 * day)))('silence');
    expect(atOnce).toMatchObject({ state: 'good', word: 'usual' });
    const found = (await findings(shop, new Date(now.getTime() + 3 * day)))('silence');
    expect(found).toMatchObject({ state: 'attention', word: 'unusual', source: { kind: 'postback' } });
    expect(found.values.milliseconds).toBeGreaterThanOrEqual(1.5 * day);
  });

  test('another project’s postbacks say nothing of this one', async () => {
    const [mine, theirs] = [await openShop(), await openShop()];
    await post(theirs, sample(theirs, 'paid'), { now: later(0) });
    await post(theirs, sample(theirs, 'paid'), { ...WRONG, now: later(5) });
    await receive(new Request(`http://localhost${theirs.path}`, { method: 'GET' }), { now: later(0) });
    const found = await findings(mine);
    for (const check of ['reached', 'secret', 'redirect', 'clock', 'silence'] as const)
      expect(found(check).state).toBe('unknown');
  });
});

describe('every finding', () => {
  const seen = { id: 'a', at: '2026-01-27T10:00:00.000000Z' };
  const secret = { hint: 'abcd', enteredAt: seen.at };
  const nothing = {
    provider: 'cryptocloud',
    secret,
    secretProblem: null,
    live: null,
    test: null,
    other: null,
    wrongKey: null,
    gets: null,
    delay: null,
    silence: { state: 'unknown' },
    answeredIn: 3,
  } as const;
  const live = { ...seen, hint: 'abcd', ended: false };
  const gets = { count: 2, lastAt: '2026-01-27T11:00:00.000000Z', userAgent: 'UptimeRobot/2.0' };
  const now = new Date('2026-01-27T12:00:00Z');
  const silent = { since: new Date(seen.at), allowed: 1000 };
  const facts = [
    nothing,
    { ...nothing, live, silence: { state: 'usual', ...silent } },
    { ...nothing, live: { ...live, ended: true }, silence: { state: 'unusual', ...silent }, answeredIn: 2000 },
    { ...nothing, other: seen, secret: null, gets },
    { ...nothing, gets, secretProblem: 'api_key' },
    { ...nothing, test: seen, secretProblem: 'well_known', provider: 'novapay' },
    { ...nothing, wrongKey: { ...seen, count: 3 }, delay: { ...seen, seconds: -90 } },
    { ...nothing, wrongKey: { ...seen, count: 3 }, provider: 'novapay' },
    { ...nothing, delay: { ...seen, seconds: 90 } },
    { ...nothing, delay: { ...seen, seconds: 3 } },
  ] as const;
  const all = facts.flatMap((each) => [...judge(each, now, true)]);
  const words: Readonly<Record<string, unknown>> = en.doctor;

  test('has its words, and a next step unless all is well or nobody can do anything', () => {
    for (const { check, word, state } of all) {
      const entry = Object(words[check])[word];
      expect(entry, `${check}.${word}`).toHaveProperty('what');
      if (state === 'attention' || state === 'bad') expect(entry, `${check}.${word}`).toHaveProperty('step');
    }
  });

  test('and every entry of the catalogue is a finding', () => {
    const said = new Set(all.map(({ check, word }) => `${check}.${word}`));
    const checks = Object.entries(en.doctor).filter(([, entry]) => typeof entry === 'object' && 'title' in entry);
    const written = checks.flatMap(([check, entry]) =>
      Object.keys(entry).flatMap((word) => (word === 'title' ? [] : [`${check}.${word}`])),
    );
    expect([...said].sort()).toEqual(written.sort());
  });

  const weekAgo = { ...live, at: '2026-01-20T11:59:59.000000Z' };
  const lately = { ...live, at: '2026-01-27T11:30:00.000000Z' };
  const [usual, unusual] = [{ state: 'usual', ...silent } as const, { state: 'unusual', ...silent } as const];
  test.each([
    ['nothing but a GET', {}, 'missing'],
    ['a GET and a test postback', { test: seen }, 'missing'],
    ['a GET after postbacks of another time', { live: weekAgo }, 'missing'],
    ['a GET since postbacks stay away for unusually long', { live, silence: unusual }, 'missing'],
    ['a GET among postbacks', { live, silence: usual }, 'seen'],
    ['a GET before the last postback', { live: lately, silence: unusual }, 'seen'],
    ['a GET and a refused postback', { other: seen }, 'seen'],
    ['a GET and a young project’s postback', { live }, 'seen'],
  ] as const)('a redirect is suggested only where POSTs are missing: %s', (_, more, word) => {
    const finding = judge({ ...nothing, gets, ...more }, now, false).find(({ check }) => check === 'redirect');
    expect(finding).toMatchObject({
      word,
      state: word === 'missing' ? 'attention' : 'good',
      values: { at: gets.lastAt, count: 2, agent: 'UptimeRobot/2.0' },
    });
  });

  test('of the platform is made only on the platform', () => {
    expect(judge(nothing, now, false).map(({ check }) => check)).not.toContain('platform');
    expect(judge(nothing, now, true).find(({ check }) => check === 'platform')?.state).toBe('attention');
  });
});
