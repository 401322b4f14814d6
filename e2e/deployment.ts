import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// biome-ignore lint/style/noRestrictedImports: a real PostgreSQL to stand behind the product, as the database tests have it.
import { createDatabase, type RunningPostgres, startPostgres } from '@/lib/db/testing-postgres';
import { getProvider } from '@/lib/providers';
import type { Provider } from '@/lib/providers/provider';
import { askScript, runCommand, type Settings } from './process';

/** A deployment's settings, with a database that is there and migrated. */
export interface Deployment {
  readonly settings: Settings;
  remove(): Promise<void>;
}

/** A project with the key that signs what it takes. */
export interface Shop {
  readonly id: string;
  readonly provider: Provider;
  readonly path: string;
  readonly key: string;
}

export interface WantedProject {
  readonly provider: string;
  readonly name?: string;
  /** True: no secret is entered. */
  readonly withoutSecret?: boolean;
}

export interface WantedStaff {
  readonly email: string;
  readonly name: string;
  readonly role: 'owner' | 'manager' | 'support' | 'accountant';
  readonly password: string;
  /** Positions in the list of projects; missing: all. */
  readonly projects?: readonly number[];
}

export interface Seed {
  readonly projects: readonly {
    readonly name: string;
    readonly provider: string;
    readonly credential: string | null;
  }[];
  readonly staff: readonly WantedStaff[];
}

export interface Seeded {
  readonly projects: readonly { readonly id: string; readonly notificationPath: string }[];
}

let template: Promise<string> | undefined;

/** The embedded database in a folder of its own: a copy of one that is made once, for that takes seconds. */
export async function embedded(): Promise<Deployment> {
  template ??= makeTemplate();
  const folder = temporaryFolder();
  cpSync(await template, folder, { recursive: true });
  return { settings: { DATA_DIR: folder }, remove: async () => rmSync(folder, { recursive: true, force: true }) };
}

/** An empty folder, as on the first start. */
export function fresh(): Deployment {
  const folder = temporaryFolder();
  return { settings: { DATA_DIR: folder }, remove: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function makeTemplate(): Promise<string> {
  const folder = temporaryFolder();
  await prepare({ DATA_DIR: folder });
  return folder;
}

const folders = new Set<string>();

process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Gone with this process, also when a test failed before it could clear up. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillbell-e2e-'));
  folders.add(folder);
  return folder;
}

export interface PostgresDeployment extends Deployment {
  readonly server: RunningPostgres;
  readonly url: string;
}

/** A real PostgreSQL of one's own. */
export async function postgres(options?: { readonly fsync: boolean }): Promise<PostgresDeployment> {
  const server = await startPostgres(options);
  const url = await createDatabase(server.url, 'tillbell');
  const settings = {
    DATABASE_URL: url,
    AUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
  await prepare(settings);
  return { settings, server, url, remove: () => server.stop() };
}

async function prepare(settings: Settings): Promise<void> {
  const { code, stderr } = await runCommand('prepare', [], settings);
  if (code !== 0) throw new Error(`The database could not be prepared: ${stderr}`);
}

/** Makes projects and staff while no server has the database. */
export async function seed(
  settings: Settings,
  projects: readonly WantedProject[],
  staff: readonly WantedStaff[] = [],
): Promise<readonly Shop[]> {
  const drafts = projects.map((wanted) => ({ wanted, provider: providerOf(wanted.provider), keys: keysOf(wanted) }));
  const question: Seed = {
    projects: drafts.map(({ wanted, keys }, index) => ({
      name: wanted.name ?? `Shop ${index + 1}`,
      provider: wanted.provider,
      credential: wanted.withoutSecret ? null : keys.verify,
    })),
    staff,
  };
  const made = await askScript<Seeded>('e2e/seed.ts', settings, question);
  return drafts.map(({ provider, keys }, index) => {
    const project = made.projects[index];
    if (!project) throw new Error('A project was not made');
    return { id: project.id, provider, path: project.notificationPath, key: keys.sign };
  });
}

const keyPairs = new Map<string, { verify: string; sign: string }>();

/** RSA keys take long to make, and one pair is as good as another. */
function keysOf({ provider }: WantedProject): { verify: string; sign: string } {
  const known = keyPairs.get(provider);
  if (known && provider === 'novapay') return known;
  const { verify, sign } = providerOf(provider).createCredential();
  const made = { verify, sign: sign ?? verify };
  keyPairs.set(provider, made);
  return made;
}

export function providerOf(id: string): Provider {
  const provider = getProvider(id);
  if (!provider) throw new Error(`There is no provider ${id}`);
  return provider;
}
