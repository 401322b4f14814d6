import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { originOf } from '@/lib/audit/request-origin';
import { compiled } from '@/lib/db/testing-programs/run';
import { withPeer } from '@/lib/peer';
import { takeConsole } from './console';
import { type Facts, type Level, log, logTo } from './log';
import { readable } from './readable';
import { safeError, safeText } from './safe';

const lines: string[] = [];
let back: () => void;

beforeEach(() => {
  lines.length = 0;
  back = logTo((line) => lines.push(line), 'info');
});
afterEach(() => back());

const ID = '0199a3c4-1f2e-7a3b-8c4d-5e6f708192a3';
const SECRETS = {
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IlhZWiIsImV4cCI6MX0.c2lnbmF0dXJlLW9mLWEtdG9rZW4',
  key: 'aB3_kZ9-aB3_kZ9-aB3_kZ9-aB3_kZ9x',
  signature: 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  email: 'olena.k@shop.example',
  phone: '+380 (67) 123-45-67',
  card: '4111 1111 1111 1111',
  name: 'Olena Kovalenko',
  password: 'hunter2 and more',
  link: 'aBcdEfghIjklMnopQrstUvwxYzAbCdef',
};
const ALL = Object.values(SECRETS);
const everything = JSON.stringify(SECRETS);

/** What the drivers, Drizzle and a parser make of a payload full of secrets. */
function failures(): readonly Error[] {
  const unique = Object.assign(new Error('duplicate key value violates unique constraint "staff_email_key"'), {
    severity: 'ERROR',
    code: '23505',
    constraint: 'staff_email_key',
    detail: `Key (email)=(${SECRETS.email}) already exists.`,
    where: everything,
  });
  const query = Object.assign(new Error(`Failed query: insert …\nparams: ${ALL.join(',')}`), {
    query: 'insert into staff values ($1)',
    params: ALL,
    cause: unique,
  });
  const unreadable = new SyntaxError(`Unexpected token 'x', "${everything.replaceAll('"', "'")}" is not valid JSON`);
  const address = new TypeError(
    `fetch failed: https://user:${SECRETS.key}@shop.example/api/postbacks/${SECRETS.key}?q=${SECRETS.name}`,
  );
  const link = new Error(`Failed: https://shop.example/reset-password/${SECRETS.link}`);
  const spoken = new Error(
    `Nobody at ${SECRETS.email} or ${SECRETS.phone} paid with ${SECRETS.card}, ${SECRETS.token}`,
  );
  return [
    unique,
    query,
    unreadable,
    address,
    link,
    spoken,
    Object.assign(new Error('odd'), { code: everything, body: everything }),
  ];
}

describe('No line', () => {
  it('tells a secret or what is known of people, whatever failed', () => {
    for (const error of failures()) {
      log('error', 'Failed', { error });
      expect(lines.at(-1)).toContain('"type"');
    }
    expect(lines).toHaveLength(failures().length);
    for (const secret of ALL) expect(lines.join('\n')).not.toContain(secret);
    expect(lines[0]).toContain('"constraint":"staff_email_key"');
    expect(lines[1]).toContain('23505');
  });

  it('that Next or a library prints does either', () => {
    const before = { error: console.error, warn: console.warn };
    takeConsole();
    try {
      console.error('⨯', failures()[1]);
      console.error(`Mail to ${SECRETS.email} with ${SECRETS.token}`, { body: everything });
      console.warn(SECRETS.signature, SECRETS.hash);
    } finally {
      Object.assign(console, before);
    }
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(['error', 'error', 'warn']);
    for (const secret of ALL) expect(lines.join('\n')).not.toContain(secret);
  });

  it('hides what finds a cause: ids, codes, files and addresses of machines', () => {
    const kept = `connect ECONNREFUSED 127.0.0.1:5432 for ${ID} at '/srv/tillbell/lib/db/pglite-upkeep.ts:24:5'`;
    expect(safeText(kept)).toBe(kept);
    expect(safeError(new Error('no', { cause: new Error('why') }))).toMatchObject({
      message: 'no',
      cause: { message: 'why' },
    });
  });
});

it('carries the request id of the audit log, of the line itself first', () => {
  const audited = withPeer('203.0.113.9', () => {
    log('warn', 'Within');
    log('warn', 'A postback', { requestId: ID });
    return originOf(new Headers()).requestId;
  });
  log('warn', 'Outside');
  expect(lines.map((line) => JSON.parse(line).requestId)).toEqual([audited, ID, undefined]);
});

it('is one line of JSON with time, level and words, and nothing below its level', () => {
  const facts: Facts = { outcome: 'refused', reason: 'bad_signature', status: 401, provider: 'novapay' };
  for (const level of ['debug', 'info', 'error'] as const satisfies readonly Level[]) log(level, 'Postback', facts);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line.trim()).not.toContain('\n');
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    message: 'Postback',
    ...facts,
  });
});

it('is readable in a terminal', () => {
  log('warn', 'Postback', { outcome: 'refused', status: 401, error: new Error('because') });
  const line = JSON.stringify({ ...JSON.parse(lines[0] ?? ''), time: '2026-01-27T12:30:00.000Z' });
  expect(readable(line)).toMatch(/^12:30:00 WARN {2}Postback outcome=refused status=401\n {2}Error: because\n {4}at /);
});

it('is written to its last line when the process exits', async () => {
  const program = await compiled(new URL('./testing-programs/log-and-exit.ts', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [printed, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(printed).toBe('');
  const told = said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).message);
  expect(told).toEqual(Array.from({ length: 2_000 }, (_, nth) => `Line ${nth}`));
});
