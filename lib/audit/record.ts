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

/** For the columns `address` and `request_id` of statements that log what they do. */
export function origin(access: Access | null): readonly [address: string | null, requestId: string | null] {
  return [access?.address ?? null, access?.requestId ?? null];
}
