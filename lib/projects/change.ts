import { origin } from '@/lib/audit/record';
import { getDatabase, sqlState } from '@/lib/db/client';
import type { Provider } from '@/lib/providers/provider';
import type { Access } from '@/lib/staff/access';
import { sealLive } from './create';
import { forgetProjects } from './find';

const RENAME = {
  name: 'rename_project',
  text: `
    with before as (select id, name from projects where id = $1::uuid),
    renamed as (
      update projects p set name = $2::text from before where p.id = before.id
      returning p.id, before.name as old_name, p.name
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
    select $3::uuid, $4::text, $5::text, id, 'project.rename', name, jsonb_build_object('name', old_name),
      jsonb_build_object('name', name)
    from renamed
    returning project_id::text as id`,
};

/** False: there is no such project. */
export async function renameProject(access: Access, projectId: string, name: string): Promise<boolean> {
  const database = await getDatabase();
  const rows = await database.run(RENAME, [projectId, name.trim(), access.staffId, ...origin(access)]);
  forgetProjects();
  return rows.length > 0;
}

/** For how many hours the old secret may go on. */
export const KEEP_HOURS = [0, 1, 24, 168] as const;
export type KeepHours = (typeof KEEP_HOURS)[number];

/**
 * The old secret ends, or gets its end, in the same statement, so at no moment does neither count. One that had an end
 * already ends now: two count at most. The new one is written after that, for the index allows one without an end.
 */
const REPLACE = {
  name: 'replace_project_secret',
  text: `
    with ended as (
      update project_secrets
        set ends_at = case when ends_at is null then now() + make_interval(hours => $7::int) else now() end
      where project_id = $1::uuid and signer = 'live' and (ends_at is null or ends_at > now())
      returning hint
    ),
    entered as (
      insert into project_secrets (id, project_id, signer, sealed, encryption_key_id, hint)
      select $2::uuid, id, 'live', $3::bytea, $4::text, $5::text from projects
      where id = $1::uuid and (select count(*) from ended) >= 0
      returning project_id
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
    select $6::uuid, $8::text, $9::text, project_id, 'secret.replace', $5::text,
      jsonb_build_object('hints', (select coalesce(jsonb_agg(hint), '[]') from ended)),
      jsonb_build_object('hint', $5::text, 'keep_hours', $7::int)
    from entered
    returning project_id::text as id`,
};

const UNIQUE_VIOLATION = '23505';

/**
 * `no_project`: there is none. `raced`: somebody else replaced it at the same moment, and theirs counts. The caller has
 * asked `provider.readCredential` before.
 */
export async function replaceSecret(
  access: Access,
  projectId: string,
  provider: Provider,
  entered: string,
  keepHours: KeepHours = 0,
): Promise<'replaced' | 'no_project' | 'raced'> {
  const secret = sealLive(projectId, provider, entered);
  const { id, sealed, keyId, hint } = secret;
  const database = await getDatabase();
  try {
    const parameters = [projectId, id, sealed, keyId, hint, access.staffId, keepHours, ...origin(access)];
    const rows = await database.run(REPLACE, parameters);
    return rows.length > 0 ? 'replaced' : 'no_project';
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) return 'raced';
    throw error;
  } finally {
    forgetProjects();
  }
}

const END = {
  name: 'end_project_secret',
  text: `
    with ended as (
      update project_secrets set ends_at = now()
      where id = $2::uuid and project_id = $1::uuid and signer = 'live' and ends_at > now()
      returning project_id, hint
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object)
    select $3::uuid, $4::text, $5::text, project_id, 'secret.end', hint from ended
    returning project_id::text as id`,
};

/** Ends a previous secret before its time; the one in force stays. False: there was none to end. */
export async function endOldSecret(access: Access, projectId: string, secretId: string): Promise<boolean> {
  const database = await getDatabase();
  const rows = await database.run(END, [projectId, secretId, access.staffId, ...origin(access)]);
  forgetProjects();
  return rows.length > 0;
}
