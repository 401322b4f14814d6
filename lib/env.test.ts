import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, toClientConfig } from 'pg-connection-string';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compiled, runProgram } from './db/testing-programs/run';
import { readEnv, SettingError } from './env';
import { ofFolder } from './env-secrets';

const key = Buffer.alloc(32, 7).toString('base64');
const hosted = {
  DATABASE_URL: 'postgres://user:secret@db.example:5432/shop',
  AUTH_SECRET: 'long enough to sign the sessions with',
  ENCRYPTION_KEY: key,
};

describe('a data folder that cannot be used is told in a sentence', () => {
  const inside = (path: string): string => join(mkdtempSync(join(tmpdir(), 'tillbell-unusable-')), path);
  const reading = (folder: string) => () => readEnv({ DATA_DIR: folder });

  it('a file is in its place', () => {
    const path = inside('file');
    writeFileSync(path, '');
    expect(reading(path)).toThrow(`The data folder ${path} cannot be used: it is not a folder: set DATA_DIR to one.`);
    expect(reading(join(path, 'below'))).toThrow('cannot be used: it is not a folder');
  });

  it('it is somebody else’s', () => {
    const path = inside('theirs');
    mkdirSync(path, { mode: 0o555 });
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(reading(path)).toThrow(`The data folder ${path} cannot be used: this user may not write to it`);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it.each(['EROFS', 'ENOSPC', 'EDQUOT', 'EPERM'])('the disk says %s', (code) => {
    const error = Object.assign(new Error(code), { code });
    expect(ofFolder('/data', error)).toMatchObject({ name: 'DataFolderUnusable', cause: error });
    expect(String(ofFolder('/data', new Error('anything else')))).toBe('Error: anything else');
  });
});

describe('a deployment on PostgreSQL', () => {
  it('has defaults for the rest', () => {
    expect(readEnv(hosted)).toEqual({
      databaseUrl: hosted.DATABASE_URL,
      migrationUrl: hosted.DATABASE_URL,
      host: '127.0.0.1',
      dataDir: resolve('.data'),
      onVercel: false,
      development: false,
      port: 3000,
      authSecret: hosted.AUTH_SECRET,
      encryptionKeys: [{ id: '4bb06f8e', key: Buffer.alloc(32, 7) }],
      keyIsGenerated: false,
      appUrl: null,
      trustedProxies: [],
      cronSecret: null,
      metricsToken: null,
      smtpUrl: null,
      logLevel: 'info',
      otlpEndpoint: null,
      neonEndpoint: null,
    });
  });

  it('listens on this machine alone unless HOST says otherwise', () => {
    expect(readEnv({ ...hosted, HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
    expect(readEnv({ ...hosted, HOST: '::1' }).host).toBe('::1');
    expect(readEnv({ ...hosted, HOST: ' ' }).host).toBe('127.0.0.1');
    expect(readEnv({ ...hosted, VERCEL: '1' }).host).toBe('0.0.0.0');
    expect(() => readEnv({ ...hosted, HOST: 'http://0.0.0.0' })).toThrow(/^HOST must be an address or a name/);
  });

  it('migrates over its own address, else the unpooled one', () => {
    const unpooled = { ...hosted, DATABASE_URL_UNPOOLED: 'postgres://direct/shop' };
    expect(readEnv(unpooled).migrationUrl).toBe('postgres://direct/shop');
    const own = { ...unpooled, DATABASE_MIGRATION_URL: 'postgres://owner@db/shop' };
    expect(readEnv(own).migrationUrl).toBe('postgres://owner@db/shop');
  });

  it('takes lists, and an address without its slash', () => {
    const env = readEnv({
      ...hosted,
      APP_URL: 'https://pay.shop.example/',
      TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8 ,::1',
      ENCRYPTION_KEY_PREVIOUS: `${key},${key}`,
    });
    expect(env.appUrl).toBe('https://pay.shop.example');
    expect(env.trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1']);
    expect(env.encryptionKeys).toHaveLength(3);
  });

  it.each([
    ['with a user and a socket folder', 'postgresql://u:p@/db?host=/run/postgresql'],
    ['with a user, a port and a socket folder', 'postgres://u:p@:5433/db?host=/run/postgresql'],
    ['of a socket folder alone', 'postgres:///db?host=/run/postgresql'],
    ['with the folder in the place of the host', 'postgres://u:p@%2Frun%2Fpostgresql/db'],
  ])('takes the address %s, as PostgreSQL does', (_, url) => {
    const { databaseUrl } = readEnv({ ...hosted, DATABASE_URL: url });
    expect(toClientConfig(parse(databaseUrl ?? ''))).toMatchObject({ host: '/run/postgresql', database: 'db' });
    expect(new URL(databaseUrl ?? '').protocol).toMatch(/^postgres/);
  });

  it('takes a setting out of the quotes that a file of settings left around it', () => {
    const quoted = { ...hosted, DATABASE_URL: `"${hosted.DATABASE_URL}"`, APP_URL: `'https://pay.shop.example'` };
    expect(readEnv(quoted)).toMatchObject({ databaseUrl: hosted.DATABASE_URL, appUrl: 'https://pay.shop.example' });
    expect(readEnv({ ...hosted, PORT: '""' }).port).toBe(3000);
  });

  it('takes an empty setting for an unset one', () => {
    expect(readEnv({ ...hosted, PORT: '', APP_URL: '  ' })).toMatchObject({ port: 3000, appUrl: null });
  });

  it.each([
    [{ AUTH_SECRET: '' }, 'AUTH_SECRET must be set when DATABASE_URL is (openssl rand -base64 32).'],
    [{ ENCRYPTION_KEY: '' }, 'ENCRYPTION_KEY must be set when DATABASE_URL is (openssl rand -base64 32).'],
    [{ ENCRYPTION_KEY: 'c2hvcnQ=' }, 'ENCRYPTION_KEY must be 32 bytes in base64 (openssl rand -base64 32).'],
    [{ ENCRYPTION_KEY_PREVIOUS: `${key},x` }, 'ENCRYPTION_KEY_PREVIOUS must be 32 bytes in base64'],
    [{ AUTH_SECRET: 'short' }, 'AUTH_SECRET must be at least 32 characters long'],
    [{ DATABASE_URL: 'mysql://a/b' }, 'DATABASE_URL must be a PostgreSQL address such as'],
    [{ DATABASE_URL: 'postgres://' }, 'DATABASE_URL must be a PostgreSQL address such as'],
    [{ DATABASE_URL: 'postgres://u:p@/db' }, 'DATABASE_URL must be a PostgreSQL address such as'],
    [{ DATABASE_URL: 'mysql://u:p@db/shop' }, 'DATABASE_URL must be a PostgreSQL address such as'],
    [{ DATABASE_MIGRATION_URL: 'shop' }, 'DATABASE_MIGRATION_URL must be a PostgreSQL address such as'],
    [{ PORT: '80a' }, 'PORT must be a port number between 0 and 65535.'],
    [{ PORT: '65536' }, 'PORT must be a port number between 0 and 65535.'],
    [{ APP_URL: 'pay.shop.example' }, 'APP_URL must be a web address without a path'],
    [{ APP_URL: 'https://shop.example/pay' }, 'APP_URL must be a web address without a path'],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES must be a list of IP addresses or ranges'],
    [{ TRUSTED_PROXIES: 'proxy' }, 'TRUSTED_PROXIES must be a list of IP addresses or ranges'],
    [{ SMTP_URL: 'http://mail' }, 'SMTP_URL must be a mail address'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of debug, info, warn, error.'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be a web address'],
    [{ CRON_SECRET: 'short' }, 'CRON_SECRET must be at least 16 characters long.'],
  ])('refuses %j in a sentence that names it', (settings, sentence) => {
    expect(() => readEnv({ ...hosted, ...settings })).toThrow(SettingError);
    expect(() => readEnv({ ...hosted, ...settings })).toThrow(sentence);
  });

  it('does not print secrets when it refuses them', () => {
    expect(() => readEnv({ ...hosted, DATABASE_URL: 'mysql://user:hunter2@db/x' })).toThrow(/^(?!.*hunter2)/);
  });
});

it('asks for a database on Vercel, where nothing is kept', () => {
  expect(() => readEnv({ VERCEL: '1' })).toThrow('DATABASE_URL must be set on Vercel');
});

it('knows the address of a project on Vercel, in production alone and where none is set', () => {
  const onVercel = { ...hosted, VERCEL: '1', VERCEL_PROJECT_PRODUCTION_URL: 'shop.vercel.app' };
  expect(readEnv({ ...onVercel, VERCEL_ENV: 'production' }).appUrl).toBe('https://shop.vercel.app');
  expect(readEnv({ ...onVercel, VERCEL_ENV: 'preview' }).appUrl).toBeNull();
  const set = { ...onVercel, VERCEL_ENV: 'production', APP_URL: 'https://pay.shop.example/' };
  expect(readEnv(set).appUrl).toBe('https://pay.shop.example');
});

describe('an embedded deployment', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'tillbell-env-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('makes its secrets once, for its owner alone', () => {
    const first = readEnv({ DATA_DIR: join(dataDir, 'new') });
    const path = join(dataDir, 'new', 'secrets.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readEnv({ DATA_DIR: join(dataDir, 'new') })).toEqual(first);
    expect(readdirSync(join(dataDir, 'new'))).toEqual(['secrets.json']);
    expect(first.encryptionKeys[0].key).toHaveLength(32);
    expect(first.authSecret.length).toBeGreaterThanOrEqual(32);
  });

  it('keeps to the settings where they are given', () => {
    const env = readEnv({ DATA_DIR: dataDir, AUTH_SECRET: hosted.AUTH_SECRET, ENCRYPTION_KEY: key });
    expect(env.authSecret).toBe(hosted.AUTH_SECRET);
    expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false);
  });

  it('never replaces secrets that it cannot read', () => {
    writeFileSync(join(dataDir, 'secrets.json'), '{"authSecret":');
    expect(() => readEnv({ DATA_DIR: dataDir })).toThrow(
      'secrets.json is damaged, and what it sealed opens with nothing else',
    );
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).toBe('{"authSecret":');
  });

  it('agrees with processes that start at the same time', async () => {
    const program = await compiled(new URL('./db/testing-programs/print-secret.ts', import.meta.url));
    const programs = [1, 2, 3].map(() => runProgram(program, dataDir));
    const secrets = await Promise.all(programs.map((program) => program.firstLine()));
    expect(new Set(secrets)).toEqual(new Set([readEnv({ DATA_DIR: dataDir }).authSecret]));
  });
});
