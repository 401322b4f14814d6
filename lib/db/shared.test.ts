import { describe, expect, it, vi } from 'vitest';
import type { Database } from './client';

/** A second copy of the module, as Next has one beside that of the server in front of it. */
async function twoGraphs(): Promise<[typeof import('./client'), typeof import('./client')]> {
  const one = await import('./client');
  vi.resetModules();
  return [one, await import('./client')];
}

// Each test goes on where the one before it ended.
describe('the shared database', { shuffle: false }, () => {
  it('is one database in two module graphs', async () => {
    const [one, two] = await twoGraphs();
    expect(one).not.toBe(two);
    const close = vi.fn();
    const database: Database = {
      driver: 'pg',
      orm: (await one.openDatabase({ url: 'postgres://a@127.0.0.1:1/a' })).orm,
      run: async () => [],
      scan: () => {
        throw new Error('Nobody reads here.');
      },
      async within() {
        return this;
      },
      close,
    };
    one.setDatabase(database);
    expect(await two.getDatabase()).toBe(database);
    await two.closeDatabase();
    await one.closeDatabase();
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('is one failure in two module graphs', async () => {
    const [one, two] = await twoGraphs();
    expect(new one.DatabaseUnavailable('away')).toBeInstanceOf(two.DatabaseUnavailable);
    expect(two.isUnavailable(new one.DatabaseUnavailable('away'))).toBe(true);
    expect(new Error('other')).not.toBeInstanceOf(two.DatabaseUnavailable);
  });

  it('tries again after it could not be opened', async () => {
    const { closeDatabase, getDatabase } = await import('./client');
    await closeDatabase();
    vi.stubEnv('DATABASE_URL', 'no address');
    await expect(getDatabase()).rejects.toThrow('DATABASE_URL must be');
    vi.stubEnv('DATABASE_URL', 'postgres://a@127.0.0.1:1/a');
    expect((await getDatabase()).driver).toBe('pg');
    await closeDatabase();
    vi.unstubAllEnvs();
  });

  it('asks the pooled address of DATABASE_URL alone for requests', async () => {
    const { closeDatabase, getDatabase } = await import('./client');
    const { getEnv, rereadEnv } = await import('@/lib/env');
    vi.stubEnv('DATABASE_URL', 'postgres://a@127.0.0.1:1/a');
    vi.stubEnv('DATABASE_URL_UNPOOLED', 'postgres://a@ep-a.eu-central-1.aws.neon.tech/a');
    rereadEnv();
    expect((await getDatabase()).driver).toBe('pg');
    expect(getEnv().migrationUrl).toContain('neon.tech');
    await closeDatabase();
    vi.unstubAllEnvs();
    rereadEnv();
  });
});
