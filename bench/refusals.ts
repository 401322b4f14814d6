import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { setDatabase } from '@/lib/db/client';
import { migrateEmbedded } from '@/lib/db/migrate';
import { openPgliteMemory } from '@/lib/db/pglite';
import { rereadEnv } from '@/lib/env';
import { readNotificationUrl } from '@/lib/postbacks/notification-url';
import { answerTo } from '@/lib/postbacks/receive';
import { createProject } from '@/lib/projects/create';
import { getProvider } from '@/lib/providers';
import type { Credential, Provider } from '@/lib/providers/provider';
import { HEAVY_BODIES } from '../faults/heavy-bodies';
import { CommandError, runCommand } from '../scripts/command';
import { median } from './row';

/**
 * How long a refusal takes, by the check that failed: a stranger with a clock must not learn from it which one did.
 * Through the receiver as the doors call it, the write included; the kinds in turns that chance decides.
 */

const { values } = parseArgs({
  options: { provider: { type: 'string', default: 'cryptocloud' }, count: { type: 'string', default: '10000' } },
});

/** What a median may differ from that of all. */
const MOST = 0.05;
const WARM_UP = 2_000;
/** The limit for the heaviest body, as a multiple of a plain refusal. */
const MAX_HEAVY_RATIO = 10;
const HEAVY_ROUNDS = 20;
/** So many fit the quota of an hour; past it each count waits for others, which says nothing of the check. */
const REFUSALS_AN_HOUR = 90;
const HOUR_MS = 3_600_000;

let refusals = 0;

interface Forgery {
  readonly kind: string;
  readonly body: Uint8Array;
  readonly headers: Headers;
}

await runCommand(async () => {
  const provider = getProvider(values.provider);
  const count = Number(values.count);
  if (!provider) throw new CommandError(`--provider ${values.provider} is not known.`);
  if (!Number.isInteger(count) || count < 100) throw new CommandError('--count must be a number of at least 100.');
  const key = randomBytes(32).toString('base64');
  Object.assign(process.env, { DATA_DIR: '/nonexistent', AUTH_SECRET: key, ENCRYPTION_KEY: key, LOG_LEVEL: 'error' });
  rereadEnv();
  const database = await openPgliteMemory();
  setDatabase(database);
  await migrateEmbedded(database);
  const credential = provider.createCredential();
  const project = await createProject({ name: 'Refused', provider: provider.id, credential: credential.verify });
  const now = new Date();
  const forgeries = await forge(provider, credential, now);
  await measure(forgeries, readNotificationUrl(project.notificationPath)?.key ?? null, WARM_UP, now);
  const url = readNotificationUrl(project.notificationPath)?.key ?? null;
  const times = await measure(forgeries, url, count, now);
  const heavy = await measureHeavy(forgeries, url, now);
  await database.close();
  const { table, within } = judge(times);
  process.stdout.write(`${provider.label}: ${count} refusals\n${table}\n${heavy.lines.join('\n')}\n`, () =>
    process.exit(within && heavy.within ? 0 : 1),
  );
});

async function measure(
  forgeries: readonly Forgery[],
  key: string | null,
  count: number,
  now: Date,
  statuses: readonly number[] = [401],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>(forgeries.map(({ kind }) => [kind, []]));
  const order = [...forgeries];
  for (let nth = 0; nth < count; nth += 1) {
    // Each once a round, so that a machine that grows busy is as busy for all.
    if (nth % forgeries.length === 0) shuffle(order);
    const forgery = order[nth % order.length];
    if (!forgery) continue;
    const { kind, body, headers } = forgery;
    refusals += 1;
    const at = new Date(now.getTime() + Math.floor(refusals / REFUSALS_AN_HOUR) * HOUR_MS);
    const began = process.hrtime.bigint();
    const { status } = await answerTo(
      { method: 'POST', key, headers, senderAddress: '203.0.113.9', read: async () => body },
      { now: at },
    );
    const took = Number(process.hrtime.bigint() - began) / 1_000;
    if (!statuses.includes(status)) throw new CommandError(`${kind} was answered ${status}.`);
    times.get(kind)?.push(took);
  }
  return times;
}

/** Each heavy body in turns with plain refusals: the medians, heaviest first. */
async function measureHeavy(
  plain: readonly Forgery[],
  key: string | null,
  now: Date,
): Promise<{ readonly lines: readonly string[]; readonly within: boolean }> {
  const heavy = HEAVY_BODIES.map(({ name, body, headers }) => ({ kind: name, body, headers: new Headers(headers) }));
  const [usual] = plain;
  if (!usual) return { lines: [], within: false };
  const all = [...heavy, ...heavy.map(() => usual)];
  const times = await measure(all, key, all.length * HEAVY_ROUNDS, now, [400, 401, 415]);
  const base = median(times.get(usual.kind) ?? []);
  const rows = heavy
    .map(({ kind }) => ({ kind, ratio: median(times.get(kind) ?? []) / base }))
    .sort((a, b) => b.ratio - a.ratio);
  const lines = rows.slice(0, 10).map(({ kind, ratio }) => `${kind.padEnd(44)}${ratio.toFixed(1).padStart(6)} ×`);
  return {
    lines: [`The heaviest of ${rows.length} bodies, beside a plain refusal of ${base.toFixed(1)} µs:`, ...lines],
    within: (rows[0]?.ratio ?? 0) <= MAX_HEAVY_RATIO,
  };
}

function shuffle(order: Forgery[]): void {
  const drawn = order.map((forgery) => ({ forgery, lot: randomInt(2 ** 32) })).sort((a, b) => a.lot - b.lot);
  order.splice(0, order.length, ...drawn.map(({ forgery }) => forgery));
}

function judge(times: ReadonlyMap<string, readonly number[]>): { readonly table: string; readonly within: boolean } {
  const all = median([...times.values()].flat());
  const rows = [...times].map(([kind, own]) => ({ kind, count: own.length, median: median(own) }));
  const line = (kind: string, count: number, microseconds: number, off: string): string =>
    `${kind.padEnd(28)}${String(count).padStart(7)}${microseconds.toFixed(1).padStart(12)} µs${off.padStart(10)}`;
  const table = [
    line(
      'all',
      rows.reduce((sum, row) => sum + row.count, 0),
      all,
      '',
    ),
    ...rows.map((row) => line(row.kind, row.count, row.median, `${((row.median / all - 1) * 100).toFixed(1)} %`)),
  ].join('\n');
  return { table, within: rows.every((row) => Math.abs(row.median / all - 1) <= MOST) };
}

/** One body for each check that can fail, all of one length. */
async function forge(provider: Provider, credential: Credential, now: Date): Promise<readonly Forgery[]> {
  const [sample] = provider.samples;
  if (!sample) throw new CommandError(`${provider.id} has no sample.`);
  const fields = sample.build(now);
  const key = credential.sign ?? credential.verify;
  const sign = async (by: string): Promise<{ text: string; headers: Headers }> => {
    const { body, headers } = await provider.sign(fields, by, { now });
    return { text: new TextDecoder().decode(body), headers: new Headers(headers) };
  };
  const other = provider.createCredential();
  const [right, foreign] = await Promise.all([sign(key), sign(other.sign ?? other.verify)]);
  const forgeries =
    provider.credential === 'secret'
      ? forgeTokens(right.text, foreign.text, key, now).map(([kind, text]) => ({ kind, text, headers: right.headers }))
      : forgeSignatures(right, foreign);
  return forgeries.map(({ kind, text, headers }) => ({ kind, body: new TextEncoder().encode(text), headers }));
}

function forgeTokens(right: string, foreign: string, key: string, now: Date): readonly (readonly [string, string])[] {
  const sent = /"token":"([^"]+)"/.exec(right)?.[1] ?? '';
  const [, claimsPart = ''] = sent.split('.');
  const claims: Record<string, unknown> = JSON.parse(Buffer.from(claimsPart, 'base64url').toString());
  const seconds = Math.floor(now.getTime() / 1000);
  const withToken = (token: string): string => right.replace(sent, token);
  const made = (header: object, own: object): string =>
    withToken(token({ typ: 'JWT', alg: 'HS256', ...header }, own, key));
  return [
    ['token missing', right.replace('"token":', '"tokem":')],
    ['token malformed', withToken(`${sent.slice(0, -2)}!!`)],
    ['another algorithm', made({ alg: 'HS512' }, claims)],
    ['another key', foreign],
    ['expired', made({}, { ...claims, exp: seconds - 3_600 })],
    ['not yet valid', made({}, { ...claims, nbf: seconds + 3_600 })],
    ['without expiry', made({}, { id: claims.id })],
    ['unknown critical header', made({ crit: ['x'] }, claims)],
    ['for another invoice', made({}, { ...claims, id: 'ZZZZZZZZ' })],
  ];
}

function token(header: object, claims: object, key: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

interface Signed {
  readonly text: string;
  readonly headers: Headers;
}

function forgeSignatures(right: Signed, foreign: Signed): readonly { kind: string; text: string; headers: Headers }[] {
  const names = ['x-sign-v2', 'x-sign'].filter((name) => right.headers.has(name));
  const signature = right.headers.get(names[0] ?? '') ?? '';
  const withSignature = (value: string | null): Headers => {
    const headers = new Headers(right.headers);
    for (const name of names) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    return headers;
  };
  const { text } = right;
  return [
    { kind: 'signature missing', text, headers: withSignature(null) },
    { kind: 'signature malformed', text, headers: withSignature(`${signature.slice(0, -4)}!!!!`) },
    { kind: 'signature too short', text, headers: withSignature(randomBytes(100).toString('base64')) },
    { kind: 'another key', text: foreign.text, headers: foreign.headers },
    { kind: 'body altered', text: text.replace('"status":', '"Status":'), headers: right.headers },
  ];
}
