import type { KeyObject } from 'node:crypto';
import { getDatabase, type Statement } from '@/lib/db/client';
import type { Secret } from '@/lib/providers/provider';
import { DIGEST_KEY_COLUMNS, digestKeyOf, type SealedDigestKey } from './digest-key';
import { openSecret, SECRET_COLUMNS, type SecretRow } from './secrets';
import { ShortCache } from './shared-cache';

/** A project as the receiver sees it. */
export interface KeyedProject {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly namesSearchable: boolean;
  readonly digestKey: KeyObject;
  readonly secrets: readonly Secret[];
}

interface Known extends Omit<KeyedProject, 'secrets'> {
  readonly secrets: readonly { readonly secret: Secret; readonly endsAt: number | null }[];
}

interface Row extends SecretRow, SealedDigestKey {
  readonly project_id: string;
  readonly name: string;
  readonly provider: string;
  readonly names_searchable: boolean;
  /** Milliseconds since 1970; null: in force. */
  readonly ends_at: string | null;
}

/** Another process may have changed a secret: this long it may go unnoticed. */
const TTL_MS = 2_000;
const MOST_PROJECTS = 10_000;
const KEY = /^[A-Za-z0-9_-]{32}$/;

const BY_KEY: Statement = { budget: 'postbacks', name: 'project_by_key', text: projectWhere('p.key = $1::text') };
const BY_ID: Statement = { name: 'project_by_id', text: projectWhere('p.id = $1::uuid') };

function projectWhere(condition: string): string {
  return `
    select p.id::text as project_id, p.name, p.provider, p.names_searchable, ${DIGEST_KEY_COLUMNS}, ${SECRET_COLUMNS},
      (extract(epoch from s.ends_at) * 1000)::bigint::text as ends_at
    from projects p
    left join project_secrets s on s.project_id = p.id and (s.ends_at is null or s.ends_at > now())
    where ${condition}
    order by s.created_at desc`;
}

const SLOT = Symbol.for('tillbell.projects');
const shared: typeof globalThis & { [SLOT]?: ShortCache<Known> } = globalThis;

function cache(): ShortCache<Known> {
  shared[SLOT] ??= new ShortCache<Known>(TTL_MS, MOST_PROJECTS);
  return shared[SLOT];
}

/** After every change to a project or its secrets. */
export function forgetProjects(): void {
  cache().clear();
}

/** The project that a notification URL belongs to, with the secrets that count at `now`. */
export async function findProjectByKey(key: string, now: Date = new Date()): Promise<KeyedProject | null> {
  if (!KEY.test(key)) return null;
  const known = await cache().get(key, Date.now(), () => load(BY_KEY, key));
  return known && withSecretsAt(known, now);
}

/** As it is in the database, past what this process remembers. */
export async function findProjectById(id: string, now: Date): Promise<KeyedProject | null> {
  const known = await load(BY_ID, id);
  return known && withSecretsAt(known, now);
}

function withSecretsAt(known: Known, now: Date): KeyedProject {
  const inForce = known.secrets.filter(({ endsAt }) => endsAt === null || now.getTime() < endsAt);
  return { ...known, secrets: inForce.map(({ secret }) => secret) };
}

async function load(statement: Statement, parameter: string): Promise<Known | null> {
  const database = await getDatabase();
  const rows = await database.run<Row>(statement, [parameter]);
  const [first] = rows;
  if (!first) return null;
  // A project without secrets is one row of nulls.
  const secrets = rows.filter((row) => row.id !== null).map(toSecret);
  const { project_id: id, name, provider, names_searchable: namesSearchable } = first;
  return { id, name, provider, namesSearchable, digestKey: await digestKeyOf(id, first), secrets };
}

function toSecret(row: Row): Known['secrets'][number] {
  const value = openSecret(row).verify;
  const endsAt = row.ends_at === null ? null : Number(row.ends_at);
  return { secret: { id: row.id, signer: row.signer, value, retiring: endsAt !== null }, endsAt };
}
