import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { contains, inPeriod } from '@/lib/db/conditions';
import { auditLog, projects, staff } from '@/lib/db/schema';
import { filterCondition } from '@/lib/lists/conditions';
import { type Access, may } from '@/lib/staff/access';
import { type AuditFilter, auditList, COMMAND_LINE } from './audit-list';

/** Own acts, and for who may see others' those in their projects; who has all projects sees what lies in none as well. */
export function visibleActs(access: Access): SQL | undefined {
  const own = eq(auditLog.staffId, access.staffId);
  if (!may(access, 'seeAuditOfOthers')) return own;
  if (access.projects === 'all') return undefined;
  return access.projects.length === 0 ? own : or(own, inArray(auditLog.projectId, [...access.projects]));
}

/** The one condition behind the list and the file. */
export function matchingActs(filter: AuditFilter): SQL | undefined {
  return and(
    filterCondition(auditList, filter, {
      projectId: auditLog.projectId,
      filters: {
        who: (who) => (who === COMMAND_LINE ? isNull(auditLog.staffId) : eq(auditLog.staffId, who)),
        action: (action) => inArray(auditLog.action, [...action]),
      },
    }),
    says(filter.q.trim()),
    inPeriod(auditLog.at, filter),
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
