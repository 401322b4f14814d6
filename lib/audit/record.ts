import { getDatabase } from '@/lib/db/client';
import type { Access } from '@/lib/staff/access';

type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface AuditEntry {
  /** `project.rename`, `postback.test`: the noun, then what was done to it. */
  readonly action: string;
  readonly projectId?: string;
  /** What it was done to, for people. */
  readonly object?: string;
  readonly before?: Facts;
  readonly after?: Facts;
  readonly detail?: Facts;
}

const RECORD = {
  name: 'audit_record',
  text: `
    insert into audit_log
      (staff_id, role, address, request_id, project_id, action, object, before, after, detail)
    values ($1::uuid, $2::text, $3::text, $4::text, $5::uuid, $6::text, $7::text, $8::jsonb, $9::jsonb, $10::jsonb)`,
};

/** For acts that write nothing themselves; those that do log in their own statement. */
export async function recordAct(access: Access, entry: AuditEntry): Promise<void> {
  const database = await getDatabase();
  await database.run(RECORD, [
    access.staffId,
    access.role,
    ...origin(access),
    entry.projectId ?? null,
    entry.action,
    entry.object ?? null,
    ...[entry.before, entry.after, entry.detail].map((facts) => (facts ? JSON.stringify(facts) : null)),
  ]);
}

/** What a statement knows of the act that it logs, each an expression of SQL over the rows of the act. */
interface LoggedFacts {
  readonly project?: string;
  readonly object?: string;
  readonly before?: string;
  readonly after?: string;
  readonly detail?: string;
}

/**
 * The part of a statement that logs its act, so that neither is there without the other: an entry for each row of `rows`. `first` is
 * the number of the first of the parameters `actorOf`, and `action` an expression of SQL.
 */
export function loggedAct(first: number, rows: string, action: string, facts: LoggedFacts = {}): string {
  const { project = 'null', object = 'null', before = 'null', after = 'null', detail = 'null' } = facts;
  return `logged as (
      insert into audit_log (staff_id, role, address, request_id, project_id, action, object, before, after, detail)
      select $${first}::uuid, $${first + 1}::text, $${first + 2}::text, $${first + 3}::text, ${project}::uuid, ${action},
        ${object}::text, ${before}::jsonb, ${after}::jsonb, ${detail}::jsonb
      from ${rows}
    )`;
}

export function actorOf(access: Access): readonly [string, string, string | null, string | null] {
  return [access.staffId, access.role, ...origin(access)];
}

/** For the columns `address` and `request_id` of statements that log what they do. */
export function origin(access: Access | null): readonly [address: string | null, requestId: string | null] {
  return [access?.address ?? null, access?.requestId ?? null];
}
