import { origin } from '@/lib/audit/record';
import { getDatabase } from '@/lib/db/client';
import { type Access, may } from '@/lib/staff/access';

const SET = {
  name: 'set_project_archived',
  text: `
    with changed as (
      update projects set archived_at = case when $2::boolean then now() end
      where id = $1::uuid and (archived_at is not null) <> $2::boolean
      returning id, name
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
    select $3::uuid, $4::text, $5::text, id, case when $2::boolean then 'project.archive' else 'project.unarchive' end, name,
      jsonb_build_object('archived', not $2::boolean), jsonb_build_object('archived', $2::boolean)
    from changed
    returning project_id::text as id`,
};

/**
 * An archived project is out of the lists to choose from, and nobody is told that its postbacks stopped. Its notification
 * URL goes on taking postbacks: money that arrives late is never refused. False: it was so already, or there is none.
 */
export async function setArchived(access: Access, projectId: string, archived: boolean): Promise<boolean> {
  if (!may(access, 'manageProjects')) return false;
  const database = await getDatabase();
  return (await database.run(SET, [projectId, archived, access.staffId, ...origin(access)])).length > 0;
}
