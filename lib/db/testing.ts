import { randomUUID } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unpackTar } from 'modern-tar/fs';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { z } from 'zod';
import { closeDatabase, type Database, type DatabaseOptions, openDatabase, setDatabase } from './client';
import { type EmbeddedDatabase, openPgliteMemory } from './pglite';
import { neonUrl } from './testing-neon';
import { createDatabase, dropDatabase } from './testing-postgres';
import { TEMPLATE, type TestDumps } from './testing-setup';

const DRIVERS = ['pglite', 'pg', 'neon'] as const;

/** The application itself opens a WebSocket to Neon only for a scan. */
const ALL_DRIVERS = [...DRIVERS, 'neon over sockets'] as const;

export type Driver = (typeof ALL_DRIVERS)[number];

const serversSchema = z.object({ postgresUrl: z.string(), neonEndpoint: z.string() });
const dumpsSchema = z.object({ empty: z.string(), migrated: z.string() });

/** An empty, migrated PostgreSQL database of the caller's own, for a test that starts a server or a script on it. */
export interface TestPostgres {
  readonly url: string;
  /** The settings under which the app reaches it through Neon's driver. */
  readonly neon: { readonly url: string; readonly neonEndpoint: string };
  drop(): Promise<void>;
}

export async function createTestPostgres(): Promise<TestPostgres> {
  const { postgresUrl, neonEndpoint } = serversSchema.parse(await ask('/postgres'));
  const name = `test_${randomUUID()}`;
  const url = await createDatabase(postgresUrl, name, TEMPLATE);
  return { url, neon: { url: neonUrl(url), neonEndpoint }, drop: () => dropDatabase(postgresUrl, name) };
}

/** An empty, migrated database of the caller's own; gone when it is closed. */
export async function openTestDatabase(driver: Driver): Promise<Database> {
  if (driver === 'pglite') return openTestPglite();
  const postgres = await createTestPostgres();
  const database = await openDatabase(optionsFor(driver, postgres));
  return {
    ...database,
    close: async () => {
      await database.close();
      await postgres.drop();
    },
  };
}

export async function openTestPglite(): Promise<EmbeddedDatabase> {
  return openPgliteMemory(await testDump('migrated'));
}

export async function testDump(of: keyof TestDumps): Promise<Blob> {
  return openAsBlob(dumpsSchema.parse(await ask('/pglite'))[of]);
}

/** Puts the embedded database into a data folder where there is none, as if it had been made there. */
export async function fillDataFolder(dataDir: string, of: keyof TestDumps): Promise<void> {
  const folder = join(dataDir, 'db');
  await pipeline(createReadStream(dumpsSchema.parse(await ask('/pglite'))[of]), unpackTar(folder));
}

function optionsFor(driver: Driver, { url, neon }: TestPostgres): DatabaseOptions {
  return driver === 'pg' ? { url } : { ...neon, sockets: driver === 'neon over sockets' };
}

type Body = (database: () => Database, driver: Driver) => void;

interface Order {
  /** False: each test goes on where the one before it ended. */
  readonly shuffle: boolean;
}

/** For reads: on PostgreSQL, and with `npm run test:all` on the others too. */
export function eachDatabase(body: Body, order?: Order): void {
  onDrivers(body, inject('scope') === 'all' ? ALL_DRIVERS : ['pg'], order);
}

/** For all that happens to a postback or a secret, and for what a driver may do differently; with `npm run test:all` over sockets too. */
export function everyDriver(body: Body, order?: Order): void {
  onDrivers(body, inject('scope') === 'all' ? ALL_DRIVERS : DRIVERS, order);
}

/** Each driver has an empty database of its own, which is also what `getDatabase` gives to the code under test. */
function onDrivers(body: Body, drivers: readonly Driver[], order: Order | undefined): void {
  for (const driver of drivers)
    describe(`on ${driver}`, { ...order }, () => {
      let opened: Database | undefined;
      beforeAll(async () => {
        opened = await openTestDatabase(driver);
        setDatabase(opened);
      });
      afterAll(closeDatabase);
      body(() => {
        if (!opened) throw new Error('The database is there once the tests run.');
        return opened;
      }, driver);
    });
}

async function ask(path: string): Promise<unknown> {
  const response = await fetch(inject('testServers') + path);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
