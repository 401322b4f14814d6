import { databaseFor, getDatabase } from '@/lib/db/client';
import { getProvider } from '@/lib/providers';
import type { CredentialProblem } from '@/lib/providers/provider';
import { type Access, maySeeProject } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { notificationPath } from './create';
import { openSecret, SECRET_COLUMNS, type SecretRow } from './secrets';

export interface ProjectSummary {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly createdAt: string;
  /** Null: it is not archived. */
  readonly archivedAt: string | null;
  readonly notificationPath: string;
  /** The live secret in force, as staff may see it. */
  readonly secret: { readonly hint: string; readonly enteredAt: string } | null;
  /** When the provider, or whoever else, last sent something that was kept. */
  readonly lastPostbackAt: string | null;
  /** When something authentic, signed by the provider, last came; among the latest thousand. */
  readonly lastLiveAt: string | null;
  /** When a GET last came within a week. */
  readonly lastGetAt: string | null;
}

interface SummaryRow {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly key: string;
  readonly created_at: string;
  readonly archived_at: string | null;
  readonly hint: string | null;
  readonly entered_at: string | null;
  readonly last_at: string | null;
  readonly last_live_at: string | null;
  readonly last_get_at: string | null;
}

const COLUMNS = `
  select p.id::text as id, p.name, p.provider, p.key, p.created_at::text as created_at,
    p.archived_at::text as archived_at, s.hint,
    s.created_at::text as entered_at,
    (select max(received_at)::text from postbacks b where b.project_id = p.id) as last_at,
    (select max(recent.received_at)::text from (
      select b.received_at, b.signer from postbacks b where b.project_id = p.id
      order by b.received_at desc, b.id desc limit 1000) recent where recent.signer = 'live') as last_live_at,
    (select max(c.last_at)::text from project_counters c
      where c.project_id = p.id and c.kind = 'get' and c.hour > now() - interval '7 days') as last_get_at
  from projects p
  left join lateral (
    select hint, created_at from project_secrets
    where project_id = p.id and signer = 'live' and (ends_at is null or ends_at > now())
    order by created_at desc limit 1
  ) s on true`;

const LIST = {
  name: 'list_projects',
  text: `${COLUMNS} where $1::boolean or p.id::text = any ($2::text[]) order by p.archived_at is not null, lower(p.name), p.id`,
};
const ONE = { name: 'get_project', text: `${COLUMNS} where p.id = $1::uuid` };

function toSummary(row: SummaryRow): ProjectSummary {
  const instant = (text: string | null): string | null => (text === null ? null : fromPostgres(text));
  const entered = instant(row.entered_at);
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    createdAt: fromPostgres(row.created_at),
    archivedAt: instant(row.archived_at),
    notificationPath: notificationPath(row.key),
    secret: row.hint !== null && entered !== null ? { hint: row.hint, enteredAt: entered } : null,
    lastPostbackAt: instant(row.last_at),
    lastLiveAt: instant(row.last_live_at),
    lastGetAt: instant(row.last_get_at),
  };
}

export async function listProjects(access: Access): Promise<ProjectSummary[]> {
  const database = await databaseFor(access);
  const all = access.projects === 'all';
  const rows = await database.run<SummaryRow>(LIST, [all, access.projects === 'all' ? [] : access.projects]);
  return rows.map(toSummary);
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Null for a project that does not exist and, exactly alike, for one that is not theirs. */
export async function getProject(access: Access, id: string): Promise<ProjectSummary | null> {
  if (!UUID.test(id) || !maySeeProject(access, id.toLowerCase())) return null;
  const database = await databaseFor(access);
  const [row] = await database.run<SummaryRow>(ONE, [id]);
  return row ? toSummary(row) : null;
}

const LIVE_SECRET = {
  name: 'live_project_secret',
  text: `select ${SECRET_COLUMNS} from project_secrets s
    where s.project_id = $1::uuid and s.signer = 'live' and (s.ends_at is null or s.ends_at > now())
    order by s.created_at desc limit 1`,
};

/** What is wrong with the live secret in force; it may have been entered before we knew. */
export async function findSecretProblem(project: ProjectSummary): Promise<CredentialProblem | null> {
  const provider = getProvider(project.provider);
  if (!provider || project.secret === null) return null;
  const database = await getDatabase();
  const [row] = await database.run<SecretRow>(LIVE_SECRET, [project.id]);
  const reading = row && provider.readCredential(openSecret(row).verify);
  return reading && !reading.ok ? reading.problem : null;
}

/** Somebody else could sign with it; any other problem means that the provider never does. */
export function isGuessable(problem: CredentialProblem): boolean {
  return problem === 'too_short' || problem === 'well_known';
}
