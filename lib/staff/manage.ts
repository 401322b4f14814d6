import { actorOf, loggedAct } from '@/lib/audit/record';
import { getDatabase } from '@/lib/db/client';
import { type Access, may, type Role } from './access';
import { REVOKE_RESETS } from './password-resets';

/** `last_owner`: nobody would be left who can manage this deployment. */
export type Managed = 'done' | 'last_owner' | 'gone';

/** Of two acts that may leave no owner the second waits here, before it holds any row that the first needs. */
const TURN_LOCK = 7_229_155_209;

/**
 * The owners who can sign in, locked: of two acts at once the second sees what the first has left. The
 * scalar is taken before the row it decides about, so it is not asked again when that row has changed meanwhile. `for update` would
 * hold up the audit entry of another act, which refers to who acts, while this one waits for that act: a deadlock.
 */
const OWNERS = `
  owners as materialized (
    select id from staff
    where (select pg_advisory_xact_lock(${TURN_LOCK})::text) is not null and role = 'owner' and disabled_at is null
    order by id for no key update
  )`;
const ANOTHER_OWNER = '(select count(*) from owners where id <> $1::uuid) > 0';
const FOUND = 'exists (select from staff where id = $1::uuid) as found, exists (select from changed) as changed';

interface Outcome {
  readonly found: boolean;
  readonly changed: boolean;
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
    ),
    ${loggedAct(6, 'changed cross join before', `'staff.rights'`, {
      object: 'changed.id',
      before: `jsonb_build_object('role', before.role)`,
      after: `jsonb_build_object('role', $2::text, 'projects', $5::jsonb)`,
    })}
    select ${FOUND}`,
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
  const [row] = await database.run<Outcome>(SET_RIGHTS, [
    id,
    role,
    given === 'all',
    list,
    JSON.stringify(given),
    ...actorOf(access),
  ]);
  return row ? managed(row) : 'gone';
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
    ${REVOKE_RESETS},
    ${loggedAct(4, 'changed', `case when $2::boolean then 'staff.disable' else 'staff.enable' end`, { object: 'id' })}
    select ${FOUND}`,
};

export async function setDisabled(
  access: Access,
  id: string,
  disabled: boolean,
  now: Date = new Date(),
): Promise<Managed> {
  if (!may(access, 'manageStaff')) return 'gone';
  const database = await getDatabase();
  const [row] = await database.run<Outcome>(SET_DISABLED, [id, disabled, now.toISOString(), ...actorOf(access)]);
  return row ? managed(row) : 'gone';
}
