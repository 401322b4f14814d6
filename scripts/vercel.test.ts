import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { createDatabase, dropDatabase } from '@/lib/db/testing-postgres';
import { LIFETIME_MS } from '@/lib/live-stream';

const config = z
  .object({
    buildCommand: z.string(),
    regions: z.array(z.string()),
    functions: z.record(z.string(), z.object({ maxDuration: z.number() })),
    crons: z.array(z.object({ path: z.string(), schedule: z.string() })),
  })
  .parse(JSON.parse(readFileSync('vercel.json', 'utf8')));

const source = (path: string): string => readFileSync(path, 'utf8');
const written = (path: string): number => Number(/export const maxDuration = (\d+)/.exec(source(path))?.[1] ?? 0);

describe('vercel.json', () => {
  it('names functions that there are, as long as they say themselves', () => {
    for (const [path, { maxDuration }] of Object.entries(config.functions)) {
      expect(existsSync(path), path).toBe(true);
      if (written(path) > 0) expect(maxDuration, path).toBe(written(path));
    }
  });

  it('calls routes that there are, once a day at most, as every plan allows', () => {
    for (const { path, schedule } of config.crons) {
      expect(source(`app${path}/route.ts`)).toMatch(/export (async function|const) GET/);
      expect(schedule).toMatch(/^\d+ \d+ \* \* \*$/);
    }
  });

  it('runs in one region, beside the database', () => {
    expect(config.regions).toHaveLength(1);
  });

  it('lets a live stream end by itself', () => {
    const limit = config.functions['app/api/live/route.ts']?.maxDuration ?? 0;
    expect(LIFETIME_MS).toBeLessThan((limit - 15) * 1_000);
  });
});

/** Every file of the application itself. */
const files = ['app', 'components', 'i18n', 'lib']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`))
  .filter((path) => /\.tsx?$/.test(path) && !/\btest(ing)?\b/.test(path));

/** Spans, and the audit entry of a failed sign-in, which was counted before the answer. */
const MAY_BE_LOST = ['flushTracing', 'lib/staff/auth.ts'];

it('leaves nothing that must not be lost for after the answer, when a function may be stopped', () => {
  const late = files.filter((path) => /\bwaitUntil\(|\bafter\b.*from 'next\/server'/.test(source(path)));
  const left = late.flatMap((path) => source(path).match(/(?<=\b(?:after|waitUntil)\()[^)]*/g) ?? [path]);
  expect(left.filter((what) => !MAY_BE_LOST.includes(what))).toEqual([]);
});

describe('what the application writes', () => {
  /** The embedded database with its lock and secrets, which Vercel refuses to start with. */
  const EMBEDDED = /pglite|embedded|backup|restore|^lib\/db\/lock\.ts$|^lib\/env-secrets\.ts$/;
  const WRITES =
    /\b(writeFile|appendFile|createWriteStream|mkdir|mkdtemp|rename|copyFile|cp|open)(Sync)?\b.*from 'node:fs/;

  it('goes to the database: nothing but the embedded one touches the disk', () => {
    const writing = files.filter((path) => {
      const imports = source(path).match(/^import [^;]*from 'node:fs[^;]*;/gms) ?? [];
      return imports.some((statement) => WRITES.test(statement.replaceAll('\n', ' ')));
    });
    expect(writing.length).toBeGreaterThan(0);
    expect(writing.filter((path) => !EMBEDDED.test(path))).toEqual([]);
  });
});

describe('the deploy button', () => {
  const [, address = ''] = /\]\((https:\/\/vercel\.com\/new\/clone\?[^)]+)\)/.exec(source('README.md')) ?? [];
  const query = new URL(address).searchParams;
  const asked = query.get('env')?.split(',') ?? [];

  it('asks for what a deployment must have and the database does not bring', () => {
    const known = source('.env.example').match(/^[A-Z_]+(?==)/gm) ?? [];
    expect(known).toEqual(expect.arrayContaining(asked));
    expect(asked.sort()).toEqual(['AUTH_SECRET', 'CRON_SECRET', 'ENCRYPTION_KEY']);
  });

  it('brings Neon', () => {
    const [store] = z.array(z.record(z.string(), z.string())).parse(JSON.parse(query.get('products') ?? ''));
    expect(store).toEqual({ type: 'integration', protocol: 'storage', productSlug: 'neon', integrationSlug: 'neon' });
  });

  it('clones this repository, where the package says which it is', () => {
    const { repository } = z.object({ repository: z.string().optional() }).parse(JSON.parse(source('package.json')));
    if (repository) expect(query.get('repository-url')).toBe(repository);
    else expect(query.get('repository-url')).toMatch(/^https:\/\/github\.com\//);
  });
});

describe('the build on Vercel', () => {
  const step = `import { migrateOnVercel } from './scripts/migrate-on-vercel.mjs'; migrateOnVercel(process.env);`;

  async function build(url: string, kind: string): Promise<{ readonly tables: number; readonly said: string }> {
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', step], {
      encoding: 'utf8',
      env: {
        ...process.env,
        VERCEL: '1',
        VERCEL_ENV: kind,
        VERCEL_PROJECT_PRODUCTION_URL: 'shop.vercel.app',
        DATABASE_URL: url,
        DATABASE_URL_UNPOOLED: url,
      },
    });
    expect(status).toBe(0);
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query(`select to_regclass('postbacks') is not null as there`);
    await client.end();
    return { tables: rows[0].there ? 1 : 0, said: stdout };
  }

  it('migrates in production alone, twice without harm, and says where the owner’s account is made', async () => {
    const answer = await fetch(`${inject('testServers')}/postgres`);
    const { postgresUrl } = z.object({ postgresUrl: z.string() }).parse(await answer.json());
    const name = 'built_on_vercel';
    const url = await createDatabase(postgresUrl, name);
    try {
      expect(await build(url, 'preview')).toEqual({ tables: 0, said: '' });
      const { tables, said } = await build(url, 'production');
      expect(tables).toBe(1);
      expect(said).toMatch(/^Make the owner's account at https:\/\/shop\.vercel\.app\/setup\?token=[\w-]{43}\n$/);
      expect((await build(url, 'production')).tables).toBe(1);
    } finally {
      await dropDatabase(postgresUrl, name);
    }
  });
});
