import { getDatabase } from '@/lib/db/client';
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
    insert into audit_log (staff_id, project_id, action, object, detail)
    select $3::uuid, id, 'project.rename', name, jsonb_build_object('from', old_name) from renamed
    returning project_id::text as id`,
};

/** False: there is no such project. */
export async function renameProject(access: Access, projectId: string, name: string): Promise<boolean> {
  const database = await getDatabase();
  const rows = await database.run(RENAME, [projectId, name.trim(), access.staffId]);
  forgetProjects();
  return rows.length > 0;
}

/** The old secret ends in the same statement, so at no moment do both count or neither. */
const REPLACE = {
  name: 'replace_project_secret',
  text: `
    with ended as (
      update project_secrets set ends_at = now()
      where project_id = $1::uuid and signer = 'live' and (ends_at is null or ends_at > now())
      returning hint
    ),
    entered as (
      insert into project_secrets (id, project_id, signer, sealed, encryption_key_id, hint)
      select $2::uuid, id, 'live', $3::bytea, $4::text, $5::text from projects where id = $1::uuid
      returning project_id
    )
    insert into audit_log (staff_id, project_id, action, object, detail)
    select $6::uuid, project_id, 'secret.replace', $5::text,
      jsonb_build_object('ended', (select coalesce(jsonb_agg(hint), '[]') from ended))
    from entered
    returning project_id::text as id`,
};

/** False: there is no such project. The caller has asked `provider.checkCredential` before. */
export async function replaceSecret(
  access: Access,
  projectId: string,
  provider: Provider,
  entered: string,
): Promise<boolean> {
  const secret = sealLive(provider, entered);
  const database = await getDatabase();
  const rows = await database.run(REPLACE, [
    projectId,
    secret.id,
    secret.sealed,
    secret.keyId,
    secret.hint,
    access.staffId,
  ]);
  forgetProjects();
  return rows.length > 0;
}
