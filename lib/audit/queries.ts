import { and, eq, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { PAGE, type Page, pageOf } from '@/lib/cursor';
import { databaseFor } from '@/lib/db/client';
import { type Branch, inOrder, pageOf as pageIn } from '@/lib/db/keyset';
import { auditChain, auditLog, projects, staff } from '@/lib/db/schema';
import { type Access, may } from '@/lib/staff/access';
import type { AuditFilter } from './audit-list';
import { matchingActs, visibleActs } from './conditions';

const row = {
  id: auditLog.id,
  at: auditLog.at,
  action: auditLog.action,
  object: auditLog.object,
  /** The name of the member whom it was done to. */
  subject: sql<string | null>`(select s.name from staff s
    where s.id = case when ${auditLog.object} ~ '^[0-9a-f]{8}-[0-9a-f-]{27}$' then ${auditLog.object}::uuid end)`,
  before: auditLog.before,
  after: auditLog.after,
  detail: auditLog.detail,
  address: auditLog.address,
  requestId: auditLog.requestId,
  staffId: auditLog.staffId,
  name: staff.name,
  email: staff.email,
  role: auditLog.role,
  projectId: auditLog.projectId,
  project: projects.name,
};

/** What `visibleActs` says, in parts that each follow an index. */
function listing(access: Access, filter: AuditFilter): readonly Branch[] {
  const branch = (condition: SQL | undefined): Branch => ({
    from: sql`${auditLog}`,
    where: and(condition, matchingActs(filter)),
    at: auditLog.at,
    id: auditLog.id,
  });
  if (access.projects === 'all' || access.projects.length === 0 || !may(access, 'seeAuditOfOthers')) {
    return [branch(visibleActs(access))];
  }
  const elsewhere = or(isNull(auditLog.projectId), notInArray(auditLog.projectId, [...access.projects]));
  return [
    branch(and(eq(auditLog.staffId, access.staffId), elsewhere)),
    ...access.projects.map((id) => branch(eq(auditLog.projectId, id))),
  ];
}

async function selectRows(access: Access, filter: AuditFilter) {
  const { orm } = await databaseFor(access);
  const { sort, after } = filter;
  const page = pageIn({ lead: listing(access, filter), rest: [] }, { sort, after, limit: PAGE + 1 });
  return orm
    .select(row)
    .from(sql`${page} as listed`)
    .innerJoin(auditLog, eq(auditLog.id, sql`listed.id`))
    .leftJoin(staff, eq(staff.id, auditLog.staffId))
    .leftJoin(projects, eq(projects.id, auditLog.projectId))
    .orderBy(inOrder(sql`listed.at`, sql`listed.id`, sort));
}

export type ActRow = Awaited<ReturnType<typeof selectRows>>[number];

export async function listActs(access: Access, filter: AuditFilter): Promise<Page<ActRow>> {
  return pageOf(await selectRows(access, filter), ({ at, id }) => ({ at, id }));
}

async function selectOne(access: Access, id: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({ ...row, position: auditChain.position, hash: sql<string | null>`encode(${auditChain.hash}, 'hex')` })
    .from(auditLog)
    .leftJoin(staff, eq(staff.id, auditLog.staffId))
    .leftJoin(projects, eq(projects.id, auditLog.projectId))
    .leftJoin(auditChain, eq(auditChain.entryId, auditLog.id))
    .where(and(eq(auditLog.id, id), visibleActs(access)))
    .limit(1);
}

export type ActDetail = Awaited<ReturnType<typeof selectOne>>[number];

/** Null when it is not theirs to see. */
export async function findAct(access: Access, id: string): Promise<ActDetail | null> {
  const [found] = await selectOne(access, id);
  return found ?? null;
}

export interface AuditChoices {
  readonly actors: readonly { readonly id: string; readonly name: string }[];
  /** Whether there are acts of the command line. */
  readonly commandLine: boolean;
  readonly actions: readonly string[];
}

/** Who did and what was done, among what this person may see; each looked up by itself along an index. */
export async function listAuditChoices(access: Access): Promise<AuditChoices> {
  const { orm } = await databaseFor(access);
  const visible = visibleActs(access);
  const some = (condition: SQL): SQL => sql`exists (select from ${auditLog} where ${and(condition, visible)})`;
  const actions = sql`(with recursive found as (
      (select action from audit_log order by action limit 1)
      union all
      select (select a.action from audit_log a where a.action > found.action order by a.action limit 1)
      from found where found.action is not null
    ) select action from found where action is not null) as each`;
  const [people, byCommand, done] = await Promise.all([
    orm
      .select({ id: staff.id, name: staff.name })
      .from(staff)
      .where(some(sql`${auditLog.staffId} = ${staff.id}`))
      .orderBy(staff.name, staff.id),
    orm
      .select({ id: auditLog.id })
      .from(auditLog)
      .where(and(isNull(auditLog.staffId), visible))
      .limit(1),
    orm
      .select({ action: sql<string>`each.action` })
      .from(actions)
      .where(some(sql`${auditLog.action} = each.action`))
      .orderBy(sql`each.action`),
  ]);
  return { actors: people, commandLine: byCommand.length > 0, actions: done.map(({ action }) => action) };
}
