import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { yieldToPriorityWork } from '@/lib/priority';
import { recordLookups } from '@/lib/search/people-quota';
import { fromPostgres } from '@/lib/time';
import { type BodyRow, type Leftover, leftoverOf } from './bodies';
import { hideNames } from './names';

/** Deletes raw bodies whose time is up, with their requests; those of refused postbacks sooner. What is believed, and the postback with its verdict, stay. */

const BATCH = 100;
const DAY_MS = 86_400_000;

export interface RetentionRun {
  /** Bodies that were deleted. */
  readonly deleted: number;
  /** Bodies whose time is up and that stay, because a fact would go with them. */
  readonly kept: number;
  /** Names that came in while another process did not know yet that they are not to be searchable. */
  readonly names: number;
}

export interface Preview {
  readonly count: number;
  /** When the oldest of them was received. */
  readonly oldest: string | null;
  readonly newest: string | null;
}

interface Ripe {
  readonly id: string;
  readonly days: number | null;
  readonly refused_days: number;
  readonly names_searchable: boolean;
}

const PROJECTS: Statement = {
  name: 'retention_projects',
  text: `select id::text as id, raw_body_days as days, refused_body_days as refused_days, names_searchable from projects
    order by id`,
};

/** $1 project, $2 received before. */
const PREVIEW: Statement = {
  name: 'retention_preview',
  text: `select count(*)::int as count, min(received_at)::text as oldest, max(received_at)::text as newest
    from postbacks where project_id = $1::uuid and received_at < $2::timestamptz and body is not null`,
};

/** $1 project, $2 received before, $3 after this time and $4 id. */
function readStatement(name: string, condition: string, after: string): Statement {
  return {
    name,
    text: `
    select p.id::text as id, p.received_at::text as at, encode(p.body, 'base64') as body, p.encryption_key_id as key_id,
      encode(p.body_hash, 'hex') as body_hash, p.event::text as event, p.position, pr.provider
    from postbacks p join projects pr on pr.id = p.project_id
    where p.project_id = $1::uuid and p.received_at < $2::timestamptz and p.body is not null ${condition}
      and (p.received_at, p.id) > (${after}, $4::uuid)
    order by p.received_at, p.id limit ${BATCH}`,
  };
}

const READ = readStatement('retention_read', '', `greatest($3::timestamptz, pr.bodies_gone_before - interval '1 day')`);
const READ_REFUSED = readStatement(
  'retention_read_refused',
  `and p.outcome in ('refused', 'unreadable')`,
  '$3::timestamptz',
);

/** $1 what stays of each. Who is writing one of them is not waited for. */
const DELETE: Statement = {
  name: 'retention_delete',
  text: `
    with x as (
      select * from json_to_recordset($1::json) as x(id uuid, hash text, event json)
    ), free as (
      select p.id from postbacks p join x on x.id = p.id order by p.id for no key update of p skip locked
    )
    update postbacks p set body = null, encryption_key_id = null, body_hash = decode(x.hash, 'hex'),
      request = null, request_key_id = null, event = coalesce(x.event, p.event)
    from x join free on free.id = x.id
    where p.id = x.id and p.body is not null
    returning p.id::text as id`,
};

/** $1 project, $2 received before: sender and signature of what has no body, such as a copy. */
const DELETE_REQUESTS: Statement = {
  name: 'retention_delete_requests',
  text: `
    with ripe as (
      select p.id from postbacks p join projects pr on pr.id = p.project_id
      where p.project_id = $1::uuid and p.received_at < $2::timestamptz and p.body is null and p.request is not null
        and p.received_at > coalesce(pr.bodies_gone_before - interval '1 day', '-infinity')
      order by p.id limit 1000 for no key update of p skip locked
    )
    update postbacks p set request = null, request_key_id = null from ripe where p.id = ripe.id
    returning p.id::text as id`,
};

/** $1 project, $2 received before: what comes later with an earlier time is found by looking back a day. */
const DONE: Statement = {
  name: 'retention_done',
  text: `update projects set bodies_gone_before = $2::timestamptz
    where id = $1::uuid and not exists (select 1 from postbacks p where p.project_id = $1::uuid
      and p.received_at < $2::timestamptz and (p.body is not null or p.request is not null)
      and p.received_at > coalesce(bodies_gone_before - interval '1 day', '-infinity'))`,
};

/** $1 seen before: no token but a long-lived one is valid for so long, and none is checked again after it. */
const FORGET_TOKENS: Statement = {
  name: 'retention_forget_tokens',
  text: 'delete from used_tokens where seen_at < $1::timestamptz and not is_long_lived',
};
const TOKEN_DAYS = 100;

/** $1 before this hour: what one invoice or order took of a quota. */
const FORGET_NAMES: Statement = {
  name: 'retention_forget_names',
  text: `delete from project_counters where kind like 'named\\_%' and hour < $1::timestamptz`,
};

export function cutoff(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY_MS).toISOString();
}

/** What a choice of days would delete; for ever deletes nothing. */
export async function previewRetention(projectId: string, days: number | null, now: Date): Promise<Preview> {
  if (days === null) return { count: 0, oldest: null, newest: null };
  const database = await getDatabase();
  const rows = await database.run<{ count: number; oldest: string | null; newest: string | null }>(PREVIEW, [
    projectId,
    cutoff(now, days),
  ]);
  const { count = 0, oldest = null, newest = null } = rows[0] ?? {};
  return { count, oldest: oldest && fromPostgres(oldest), newest: newest && fromPostgres(newest) };
}

/** What a run would delete now. */
export async function previewAll(now: Date, only?: string): Promise<Preview> {
  const database = await getDatabase();
  const projects = (await database.run<Ripe>(PROJECTS, [])).filter(({ id }) => only === undefined || id === only);
  const previews = await Promise.all(projects.map(({ id, days }) => previewRetention(id, days, now)));
  const times = previews.flatMap(({ oldest, newest }) => (oldest && newest ? [oldest, newest] : [])).sort();
  const count = previews.reduce((sum, one) => sum + one.count, 0);
  return { count, oldest: times.at(0) ?? null, newest: times.at(-1) ?? null };
}

/** All projects, or one. May be stopped at any moment, and may run in two processes at once. */
export async function runRetention(now: Date, only?: string): Promise<RetentionRun> {
  const database = await getDatabase();
  if (only === undefined) {
    await recordLookups(now);
    await database.run(FORGET_TOKENS, [cutoff(now, TOKEN_DAYS)]);
    await database.run(FORGET_NAMES, [cutoff(now, 1)]);
  }
  const projects = await database.run<Ripe>(PROJECTS, []);
  const total = { deleted: 0, kept: 0, names: 0 };
  for (const { id, days, refused_days: refusedDays, names_searchable: searchable } of projects) {
    if (only !== undefined && only !== id) continue;
    const refused = await deleteBodies(database, READ_REFUSED, id, cutoff(now, refusedDays));
    const all = days === null ? { deleted: 0, kept: 0 } : await runOne(database, id, cutoff(now, days));
    total.deleted += refused.deleted + all.deleted;
    total.kept += refused.kept + all.kept;
    if (!searchable) total.names += await hideNames(id);
  }
  return total;
}

type Deleted = Pick<RetentionRun, 'deleted' | 'kept'>;

async function runOne(database: Database, projectId: string, before: string): Promise<Deleted> {
  const total = await deleteBodies(database, READ, projectId, before);
  for (let gone = 1; gone > 0; await yieldToPriorityWork()) {
    gone = (await database.run(DELETE_REQUESTS, [projectId, before])).length;
  }
  await database.run(DONE, [projectId, before]);
  return total;
}

async function deleteBodies(
  database: Database,
  statement: Statement,
  projectId: string,
  before: string,
): Promise<Deleted> {
  const total = { deleted: 0, kept: 0 };
  let [at, id] = ['-infinity', '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const rows = await database.run<BodyRow & { readonly at: string }>(statement, [projectId, before, at, id]);
    const last = rows.at(-1);
    if (!last) break;
    const leftovers = rows.map(leftoverOf).filter((left): left is Leftover => left !== null);
    const gone = await database.run(DELETE, [JSON.stringify(leftovers)]);
    total.deleted += gone.length;
    total.kept += rows.length - leftovers.length;
    [at, id] = [last.at, last.id];
    await yieldToPriorityWork();
  }
  return total;
}
