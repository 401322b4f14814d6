import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, dropDatabase, type RunningPostgres, startPostgres } from '@/lib/db/testing-postgres';
import { type Deployment, type Shop, seed, type WantedStaff } from '../e2e/deployment';
import { runCommand, type Settings } from '../e2e/process';

const PROJECTS = [{ provider: 'cryptocloud' }, { provider: 'cryptocloud' }, { provider: 'novapay' }];
const TEMPLATE = 'tillbell';

export const OWNER = {
  name: 'Olena Owner',
  email: 'owner@shop.example',
  role: 'owner',
  password: 'a long password of the owner',
} as const satisfies WantedStaff;

/** A deployment with its projects, and a database of its own that is gone afterwards. */
export interface Ready extends Deployment {
  readonly shops: readonly Shop[];
}

export interface OnPostgres extends Ready {
  readonly server: RunningPostgres;
  readonly url: string;
}

interface Template {
  readonly settings: Settings;
  readonly shops: readonly Shop[];
}

let folders: Promise<Template & { readonly folder: string }> | undefined;
let servers: Promise<Template & { readonly server: RunningPostgres }> | undefined;
let made = 0;

/** A copy of a folder that is made once, for that takes seconds. */
export async function embedded(): Promise<Ready> {
  folders ??= makeFolder();
  const { folder, shops } = await folders;
  const own = temporaryFolder();
  cpSync(folder, own, { recursive: true });
  return {
    shops,
    settings: { DATA_DIR: own },
    remove: async () => rmSync(own, { recursive: true, force: true }),
  };
}

/** A copy of a database on one PostgreSQL that all rows share, for they run one after the other. */
export async function onPostgres(): Promise<OnPostgres> {
  servers ??= makeServer();
  const { server, settings, shops } = await servers;
  made += 1;
  const name = `row_${made}`;
  const url = await createDatabase(server.url, name, TEMPLATE);
  return {
    ...{ server, url, shops },
    settings: { ...settings, DATABASE_URL: url },
    remove: () => dropDatabase(server.url, name),
  };
}

async function makeFolder(): Promise<Template & { folder: string }> {
  const folder = temporaryFolder();
  const settings = { DATA_DIR: folder };
  return { folder, settings, shops: await prepare(settings) };
}

async function makeServer(): Promise<Template & { server: RunningPostgres }> {
  const server = await startPostgres();
  const settings = { ...secrets(), DATABASE_URL: await createDatabase(server.url, TEMPLATE) };
  return { server, settings, shops: await prepare(settings) };
}

/** Those of this process, so that the oracle can open what the deployments have sealed. */
export function secrets(): Settings {
  const { AUTH_SECRET = '', ENCRYPTION_KEY = '' } = process.env;
  return { AUTH_SECRET, ENCRYPTION_KEY };
}

/** Before anything asks for them. */
export function makeSecrets(): void {
  for (const name of ['AUTH_SECRET', 'ENCRYPTION_KEY']) process.env[name] = randomBytes(32).toString('base64');
}

/** Migrates an empty database and makes the projects and their owner. */
export async function prepare(settings: Settings): Promise<readonly Shop[]> {
  const { code, stderr } = await runCommand('prepare', [], settings);
  if (code !== 0) throw new Error(`The database could not be prepared: ${stderr}`);
  return seed(settings, PROJECTS, [OWNER]);
}

const temporary = new Set<string>();

process.once('exit', () => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

/** Gone with this process. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillbell-faults-'));
  temporary.add(folder);
  return folder;
}
