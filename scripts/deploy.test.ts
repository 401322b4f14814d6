import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from '@/lib/db/testing-postgres';
import { fences, type Machine, pretendMachine } from './deploy-guide.testing';

/** docs/deploy.md, run line by line. */

function partsUnder(heading: string, language: string): readonly string[] {
  const found = fences().filter((fence) => fence.heading === heading && fence.language === language);
  if (found.length === 0) throw new Error(`docs/deploy.md has no ${language} under "${heading}".`);
  return found.map(({ text }) => text);
}

const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const own = new URL(url);
  own.pathname = '/tillbell';
  const client = new pg.Client(own.href);
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

const WHAT_IS_THERE = `
  select (select count(*)::int from staff) as staff, (select time_zone from settings) as zone, (select count(*)::int from audit_log) as acts,
    (select count(*)::int from drizzle.__drizzle_migrations) as migrations, (select count(*)::int from pg_policies) as walls,
    pg_has_role('tillbell', 'tillbell_staff', 'member') as enforced,
    (select tableowner::text from pg_tables where tablename = 'postbacks') as owner`;

/** Programs and server of one version: those of a machine that has PostgreSQL installed. */
const canRehearse =
  ['psql', 'pg_dump', 'openssl', 'tar'].every(isThere) && (existsSync('/usr/lib/postgresql') || isThere('initdb'));

describe.runIf(canRehearse)('on one’s own machine', { shuffle: false }, () => {
  let postgres: RunningPostgres;
  let machine: Machine;
  let before: unknown;

  beforeAll(async () => {
    postgres = await startPostgres({ fsync: false });
    machine = pretendMachine();
  });
  afterAll(async () => {
    machine.remove();
    await postgres.stop();
  });

  const runAll = (heading: string): string =>
    partsUnder(heading, 'sh')
      .map((part) => machine.run(part, postgres.url))
      .join('');

  it('the database, the program and its owner are made', async () => {
    runAll('Database');
    expect(runAll('Program')).toContain('"email":"you@shop.example"');
    expect(runAll('The only owner cannot sign in')).toContain('"sessionsEnded":0');
    [before] = await ask(postgres.url, WHAT_IS_THERE);
    expect(before).toMatchObject({ staff: 1, zone: 'Europe/Kyiv', enforced: true, owner: 'tillbell_owner' });
    expect(readFileSync(join(machine.root, 'opt/tillbell/current/.env'), 'utf8')).toMatch(/^ENCRYPTION_KEY=.{44}$/m);
  });

  it('a backup is made and restored, and the audit log still holds', async () => {
    runAll('Backup');
    await ask(postgres.url, `insert into audit_log (action) values ('after the backup')`);
    const [here = ''] = partsUnder('Restore', 'sh');
    expect(machine.run(here, postgres.url)).toContain('"holds":true');
    expect(await ask(postgres.url, WHAT_IS_THERE)).toEqual([before]);
  });

  it('it is restored on another server, where there are no roles', async () => {
    const other = await startPostgres({ fsync: false });
    try {
      const [, elsewhere = ''] = partsUnder('Restore', 'sh');
      const settings = join(machine.root, 'etc/tillbell.env');
      const kept = readFileSync(settings, 'utf8');
      writeFileSync(settings, kept.replaceAll(`:${new URL(postgres.url).port}/`, `:${new URL(other.url).port}/`));
      expect(machine.run(elsewhere, other.url)).toContain('"holds":true');
      writeFileSync(settings, kept);
      expect(await ask(other.url, WHAT_IS_THERE)).toEqual([before]);
    } finally {
      await other.stop();
    }
  });

  it('a new version is built beside the old one and takes its place', () => {
    runAll('Upgrade');
    const current = machine.run('cd /opt/tillbell/current && pwd -P && test -f .env', postgres.url).trim();
    expect(current).toMatch(/\/opt\/tillbell\/\d{14}$/);
    const told = machine.told();
    expect(told.slice(-4).map((line) => line.replace(/ -.*(?= http)/, ''))).toEqual([
      'npm run build',
      'systemctl restart tillbell@3000',
      'curl http://127.0.0.1:3000/api/health',
      'systemctl restart tillbell@3001',
    ]);
  });
});

describe('what stands around it', () => {
  const folder = pretendMachine();
  afterAll(folder.remove);
  const write = (path: string, text: string): string => {
    const whole = join(folder.root, path);
    mkdirSync(join(whole, '..'), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  };

  it.runIf(isThere('systemd-analyze'))('systemd takes the unit', () => {
    const [unit = ''] = partsUnder('Service', 'ini');
    expect(unit).toMatch(/^ExecStart=\/usr\/bin\/node .*dist\/start\.js$/m);
    // Where Node is differs; that there is one is not the unit's affair.
    const path = write('tillbell@3000.service', unit.replaceAll('/usr/bin/node', process.execPath));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', '--generators=no', path], {
      encoding: 'utf8',
    });
    expect(stderr.split('\n').filter((line) => line.includes('tillbell'))).toEqual([]);
    expect(status).toBe(0);
  });

  it('the unit waits longer than the server does, never gives up, and starts what npm would', () => {
    const [unit = ''] = partsUnder('Service', 'ini');
    expect(unit).toMatch(/^StartLimitIntervalSec=0$/m);
    expect(unit).toMatch(/^Restart=always$/m);
    const waits = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
    const server = Number(
      /STOP_MS = ([\d_]+);/.exec(readFileSync('lib/http-adapter/drain.ts', 'utf8'))?.[1]?.replaceAll('_', ''),
    );
    expect(waits * 1_000).toBeGreaterThan(server);
  });

  it('neither proxy redirects a postback or holds back a stream', () => {
    const [sites = '', shared = ''] = partsUnder('Reverse proxy', 'nginx');
    const [plain = ''] = sites.split('listen 443');
    expect(plain).toMatch(/location \/api\/postbacks\/ \{\s+proxy_pass/);
    expect(sites).toMatch(/location \/api\/live \{[^}]*proxy_buffering off;/);
    expect(shared).not.toMatch(/non_idempotent;|non_idempotent /);
    const [caddy = ''] = partsUnder('Reverse proxy', 'caddyfile');
    expect(caddy).toMatch(/^http:\/\/\S+ \{\s+handle \/api\/postbacks\/\* \{\s+import tillbell/m);
    expect(caddy).toContain('flush_interval -1');
    // Both limit a body to what the server takes.
    expect(caddy).toMatch(/request_body \{\s+max_size 1MiB/);
    expect(shared).toMatch(/^client_max_body_size 1m;$/m);
  });

  it.runIf(isThere('nginx') && isThere('openssl'))('nginx takes its configuration', () => {
    const [sites = '', shared = ''] = partsUnder('Reverse proxy', 'nginx');
    const include = write('tillbell-proxy.conf', shared);
    const [key, certificate] = [join(folder.root, 'key.pem'), join(folder.root, 'cert.pem')];
    const made = [
      'req',
      '-x509',
      '-nodes',
      '-newkey',
      'rsa:2048',
      '-subj',
      '/CN=test',
      '-keyout',
      key,
      '-out',
      certificate,
    ];
    spawnSync('openssl', made);
    chmodSync(key, 0o600);
    const http = sites
      .replaceAll('/etc/nginx/tillbell-proxy.conf', include)
      .replace(/\/etc\/letsencrypt\S+fullchain\.pem/, certificate)
      .replace(/\/etc\/letsencrypt\S+privkey\.pem/, key);
    const path = write('nginx.conf', `events {}\nhttp {\n${http}\n}\n`);
    const { status, stderr } = spawnSync('nginx', ['-t', '-p', folder.root, '-c', path], { encoding: 'utf8' });
    expect(stderr, stderr).toContain('syntax is ok');
    expect(status === 0 || /bind|permission/i.test(stderr)).toBe(true);
  });

  it.runIf(isThere('caddy'))('Caddy takes its configuration', () => {
    const [text = ''] = partsUnder('Reverse proxy', 'caddyfile');
    const path = write('Caddyfile', text);
    const { status, stderr } = spawnSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', path], {
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  });
});
