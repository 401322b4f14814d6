import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { contains, inPeriod } from '@/lib/db/conditions';
import { auditLog, projects, staff } from '@/lib/db/schema';
import { ofProvider } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
import { type AuditFilter, COMMAND_LINE } from './filter';

/** Own acts, and for who may see others' those in their projects; who has all projects sees what lies in none as well. */
export function visibleActs(access: Access): SQL | undefined {
  const own = eq(auditLog.staffId, access.staffId);
  if (!may(access, 'seeAuditOfOthers')) return own;
  if (access.projects === 'all') return undefined;
  return access.projects.length === 0 ? own : or(own, inArray(auditLog.projectId, [...access.projects]));
}

/** The one condition behind the list and the file. */
export function matchingActs({ q, who, action, project, provider, ...filter }: AuditFilter): SQL | undefined {
  return and(
    who === COMMAND_LINE ? isNull(auditLog.staffId) : undefined,
    who !== null && who !== COMMAND_LINE ? eq(auditLog.staffId, who) : undefined,
    action.length > 0 ? inArray(auditLog.action, [...action]) : undefined,
    says(q.trim()),
    project ? eq(auditLog.projectId, project) : undefined,
    provider ? ofProvider(auditLog.projectId, provider) : undefined,
    inPeriod(auditLog.at, { q, provider, project, ...filter }),
  );
}

/** Read through: nobody writes so many acts that an index of their words would pay. */
function says(text: string): SQL | undefined {
  if (text === '') return undefined;
  const like = sql`ilike ${contains(text)}`;
  return sql`(${auditLog.object} ${like} or ${auditLog.action} ${like} or ${auditLog.address} ${like}
    or ${auditLog.requestId} ${like} or ${auditLog.before}::text ${like} or ${auditLog.after}::text ${like}
    or ${auditLog.detail}::text ${like}
    or exists (select from ${staff} s where s.id = ${auditLog.staffId} and (s.name ${like} or s.email ${like}))
    or exists (select from ${projects} p where p.id = ${auditLog.projectId} and p.name ${like}))`;
}
