import { recordAct } from '@/lib/audit/record';
import { getDatabase } from '@/lib/db/client';
import { type Access, may, type Role } from './access';
import { REVOKE_RESETS } from './password-resets';

/** `last_owner`: nobody would be left who can manage this deployment. */
export type Managed = 'done' | 'last_owner' | 'gone';

/**
 * The owners who can sign in, locked in one order: of two acts at once the second sees what the first has left. The
 * scalar is taken before the row it decides about, so it is not asked again when that row has changed meanwhile.
 */
const OWNERS = `
  owners as materialized (
    select id from staff where role = 'owner' and disabled_at is null order by id for update
  )`;
const ANOTHER_OWNER = '(select count(*) from owners where id <> $1::uuid) > 0';
const FOUND = 'exists (select from staff where id = $1::uuid) as found, exists (select from changed) as changed';

interface Outcome {
  readonly found: boolean;
  readonly changed: boolean;
  readonly before: string | null;
}

function managed({ found, changed }: Outcome): Managed {
  if (changed) return 'done';
  return found ? 'last_owner' : 'gone';
}

const SET_RIGHTS = {
  name: 'set_staff_rights',
  text: `
    with ${OWNERS},
    before as (select role from staff where id = $1::uuid),
    changed as (
      update staff s set role = $2::text, all_projects = $3::boolean
      where s.id = $1::uuid
        and ($2::text = 'owner' or s.role <> 'owner' or s.disabled_at is not null or ${ANOTHER_OWNER})
      returning s.id
    ),
    removed as (
      delete from staff_projects g using changed
      where g.staff_id = changed.id and not (g.project_id::text = any ($4::text[]))
    ),
    added as (
      insert into staff_projects (staff_id, project_id)
      select changed.id, p.id from changed join projects p on p.id::text = any ($4::text[])
      on conflict do nothing
    )
    select ${FOUND}, (select role from before) as before`,
};

export interface Rights {
  readonly role: Role;
  /** An owner sees every project, whatever stands here. */
  readonly projects: 'all' | readonly string[];
}

/** What a member may do and see; it counts from their next request on. */
export async function setRights(access: Access, id: string, { role, projects }: Rights): Promise<Managed> {
  if (!may(access, 'manageStaff')) return 'gone';
  const given = role === 'owner' ? 'all' : projects;
  const database = await getDatabase();
  const list = given === 'all' ? [] : given;
  const [row] = await database.run<Outcome>(SET_RIGHTS, [id, role, given === 'all', list]);
  const outcome = row ? managed(row) : 'gone';
  if (outcome === 'done') {
    const after = { role, projects: given };
    await recordAct(access, { action: 'staff.rights', object: id, before: { role: row?.before ?? null }, after });
  }
  return outcome;
}

/** Disabling ends every session and every link to a new password: enabled again, one signs in anew. */
const SET_DISABLED = {
  name: 'set_staff_disabled',
  text: `
    with ${OWNERS},
    changed as (
      update staff s set disabled_at = case when $2::boolean then coalesce(s.disabled_at, $3::timestamptz) end
      where s.id = $1::uuid and (not $2::boolean or s.role <> 'owner' or s.disabled_at is not null or ${ANOTHER_OWNER})
      returning s.id
    ),
    ended as (
      delete from sessions se using changed where se.staff_id = changed.id and $2::boolean
    ),
    ${REVOKE_RESETS}
    select ${FOUND}, null::text as before`,
};

export async function setDisabled(
  access: Access,
  id: string,
  disabled: boolean,
  now: Date = new Date(),
): Promise<Managed> {
  if (!may(access, 'manageStaff')) return 'gone';
  const database = await getDatabase();
  const [row] = await database.run<Outcome>(SET_DISABLED, [id, disabled, now.toISOString()]);
  const outcome = row ? managed(row) : 'gone';
  if (outcome === 'done') await recordAct(access, { action: disabled ? 'staff.disable' : 'staff.enable', object: id });
  return outcome;
}
