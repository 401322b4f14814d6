import { getDatabase } from '@/lib/db/client';
import type { Access } from '@/lib/staff/access';

export interface AuditEntry {
  /** `project.rename`, `postback.test`: the noun, then what was done to it. */
  readonly action: string;
  readonly projectId?: string;
  /** What it was done to, for people. */
  readonly object?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

const RECORD = {
  name: 'audit_record',
  text: `
    insert into audit_log (staff_id, project_id, action, object, detail)
    values ($1::uuid, $2::uuid, $3::text, $4::text, $5::jsonb)`,
};

/** For acts that write nothing themselves; those that do log in their own statement. */
export async function recordAct(access: Access, entry: AuditEntry): Promise<void> {
  const database = await getDatabase();
  await database.run(RECORD, [
    access.staffId,
    entry.projectId ?? null,
    entry.action,
    entry.object ?? null,
    entry.detail ? JSON.stringify(entry.detail) : null,
  ]);
}
