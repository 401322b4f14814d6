import { getDatabase } from '@/lib/db/client';
import type { Access, Role } from '@/lib/staff/access';
import { stillOpen } from '@/lib/staff/session-limits';

/** More than this at once says "much changed" instead of listing it. */
const MOST = 100;

export interface Change {
  /** Of a postback, or of a mark that an invoice is done with. */
  readonly id: string;
  readonly isPostback: boolean;
  readonly projectId: string;
  readonly invoiceId: string | null;
  readonly xact: bigint;
}

export interface Changes {
  /** Every transaction below it had ended when this was read: the next read starts here. */
  readonly next: bigint;
  readonly rows: readonly Change[];
  /** Where there were too many to list, the projects that they are in; `rows` are then some of them. */
  readonly many: ReadonlySet<string> | null;
}

type Row = {
  next: string;
  id: string | null;
  is_postback: boolean;
  project_id: string;
  invoice_id: string | null;
  xact: string;
};

/**
 * Rows and the next fence come from one snapshot. The fence is the oldest transaction still running, not the newest
 * row seen, so a row whose transaction began earlier and commits later is still found.
 */
const SINCE = {
  name: 'live_changes_since',
  text: `with fence as (select (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint as next)
    select f.next::text as next, p.id::text as id, p.is_postback, p.project_id::text as project_id,
      p.invoice_id::text as invoice_id, p.xact::text as xact
    from fence f left join (
      select id, true as is_postback, project_id, invoice_id, xact from postbacks where xact >= $1::bigint
      union all
      select id, false, project_id, invoice_id, xact from invoice_marks where xact >= $1::bigint
    ) p on not (p.id = any($2::uuid[]))
    limit ${MOST + 1}`,
};

const FENCE = {
  name: 'live_fence',
  text: 'select (pg_snapshot_xmin(pg_current_snapshot())::text) as next',
};

const IN_PROJECTS = {
  name: 'live_changed_projects',
  text: `select distinct p.project_id::text as project_id from (
      select id, project_id from postbacks where xact >= $1::bigint
      union all
      select id, project_id from invoice_marks where xact >= $1::bigint
    ) p where not (p.id = any($2::uuid[]))`,
};

const RECENT = {
  name: 'live_recent',
  text: `select 1 as found from postbacks where received_at >= $1::timestamptz
    union all select 1 from invoice_marks where created_at >= $1::timestamptz limit 1`,
};

const RECENT_IN = {
  name: 'live_recent_in_projects',
  text: `select 1 as found from unnest($2::uuid[]) as project(id)
    where exists (select from postbacks p where p.project_id = project.id and p.received_at >= $1::timestamptz)
      or exists (select from invoice_marks m where m.project_id = project.id and m.created_at >= $1::timestamptz)
    limit 1`,
};

const STAFF = {
  name: 'live_staff',
  text: `select se.id, s.role, s.all_projects,
      array(select p.project_id::text from staff_projects p where p.staff_id = s.id) as projects
    from sessions se join staff s on s.id = se.staff_id
    where s.disabled_at is null and se.id = any($1::text[]) and ${stillOpen('$2::timestamptz')}`,
};

export async function currentFence(): Promise<bigint> {
  const database = await getDatabase();
  const [row] = await database.run<{ next: string }>(FENCE, []);
  return BigInt(row?.next ?? '0');
}

/** What was written since the fence, without the rows already told. */
export async function changesSince(fence: bigint, told: readonly string[]): Promise<Changes> {
  const database = await getDatabase();
  const rows = await database.run<Row>(SINCE, [fence.toString(), told]);
  const next = BigInt(rows[0]?.next ?? fence.toString());
  const many = rows.length > MOST ? await changedProjects(fence, told) : null;
  return { next, many, rows: rows.flatMap(toChange) };
}

async function changedProjects(fence: bigint, told: readonly string[]): Promise<ReadonlySet<string>> {
  const database = await getDatabase();
  const rows = await database.run<{ project_id: string }>(IN_PROJECTS, [fence.toString(), told]);
  return new Set(rows.map((row) => row.project_id));
}

function toChange(row: Row): Change[] {
  if (row.id === null) return [];
  return [
    {
      id: row.id,
      isPostback: row.is_postback,
      projectId: row.project_id,
      invoiceId: row.invoice_id,
      xact: BigInt(row.xact),
    },
  ];
}

/** Whether anything of theirs arrived since a moment; for a page that was drawn before its stream opened. */
export async function arrivedSince({ projects }: Pick<Access, 'projects'>, moment: Date): Promise<boolean> {
  const database = await getDatabase();
  const at = moment.toISOString();
  const rows = projects === 'all' ? database.run(RECENT, [at]) : database.run(RECENT_IN, [at, projects]);
  return (await rows).length > 0;
}

/** Which of these have signed out meanwhile, or may no longer see what their stream was opened for. */
export async function outdated(open: readonly Access[], now: Date = new Date()): Promise<ReadonlySet<Access>> {
  const database = await getDatabase();
  const ids = [...new Set(open.map((access) => access.sessionId))];
  const rows = await database.run<{ id: string; role: Role; all_projects: boolean; projects: string[] }>(STAFF, [
    ids,
    now.toISOString(),
  ]);
  const known = new Map(rows.map((row) => [row.id, row]));
  return new Set(
    open.filter((access) => {
      const row = known.get(access.sessionId);
      if (!row || row.role !== access.role) return true;
      const now = row.all_projects ? 'all' : [...row.projects].sort().join();
      const then = access.projects === 'all' ? 'all' : [...access.projects].sort().join();
      return now !== then;
    }),
  );
}
