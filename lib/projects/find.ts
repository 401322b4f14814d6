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
  /** Which of the URLs it came to, by the end of its key; null: the present one. */
  readonly formerUrl: string | null;
}

interface Known extends Omit<KeyedProject, 'secrets'> {
  /** Milliseconds since 1970; null: the present URL. */
  readonly urlEndsAt: number | null;
  readonly secrets: readonly { readonly secret: Secret; readonly endsAt: number | null }[];
}

interface Row extends SecretRow, SealedDigestKey {
  readonly project_id: string;
  readonly name: string;
  readonly provider: string;
  readonly names_searchable: boolean;
  /** As `ends_at`, of the URL. */
  readonly url_ends_at: string | null;
  /** Milliseconds since 1970; null: in force. */
  readonly ends_at: string | null;
}

/** Another process may have changed a secret or a URL: this long it may go unnoticed. */
const TTL_MS = 2_000;
const MOST_PROJECTS = 10_000;
const KEY = /^[A-Za-z0-9_-]{32}$/;

/** By the present URL, or by one that was replaced and has not ended. */
const OF_KEY = `
      select id, null::timestamptz as ends_at from projects where key = $1::text
      union all
      select project_id, ends_at from former_notification_keys where key = $1::text and ends_at > now()`;
const OF_ID = 'select $1::uuid as id, null::timestamptz as ends_at';

const BY_KEY: Statement = { budget: 'postbacks', name: 'project_by_key', text: projectAmong(OF_KEY) };
const BY_ID: Statement = { name: 'project_by_id', text: projectAmong(OF_ID) };

function projectAmong(found: string): string {
  return `
    select p.id::text as project_id, p.name, p.provider, p.names_searchable, ${DIGEST_KEY_COLUMNS}, ${SECRET_COLUMNS},
      (extract(epoch from s.ends_at) * 1000)::bigint::text as ends_at,
      (extract(epoch from found.ends_at) * 1000)::bigint::text as url_ends_at
    from (${found}) found
    join projects p on p.id = found.id
    left join project_secrets s on s.project_id = p.id and (s.ends_at is null or s.ends_at > now())
    order by s.created_at desc`;
}

/** How staff tells notification URLs apart: each is long, and none belongs into a log. */
export function keyHint(key: string): string {
  return `…${key.slice(-4)}`;
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
  const isOver = known && known.urlEndsAt !== null && now.getTime() >= known.urlEndsAt;
  return known && !isOver ? withSecretsAt(known, now) : null;
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
  const urlEndsAt = first.url_ends_at === null ? null : Number(first.url_ends_at);
  const formerUrl = urlEndsAt === null ? null : keyHint(parameter);
  const digestKey = await digestKeyOf(id, first);
  return { id, name, provider, namesSearchable, digestKey, secrets, urlEndsAt, formerUrl };
}

function toSecret(row: Row): Known['secrets'][number] {
  const value = openSecret(row).verify;
  const endsAt = row.ends_at === null ? null : Number(row.ends_at);
  return { secret: { id: row.id, signer: row.signer, value, retiring: endsAt !== null }, endsAt };
}
