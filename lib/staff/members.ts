import { isUuid } from '@/lib/cursor';
import { getDatabase } from '@/lib/db/client';
import { fromPostgres } from '@/lib/time';
import { type Access, may, type Role } from './access';

/** A member of staff as the owner sees them. */
export interface StaffLine {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** `all`, or the projects by name. */
  readonly projects: 'all' | readonly { readonly id: string; readonly name: string }[];
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly disabledAt: string | null;
  /** Asked for a code after the password. */
  readonly secondFactor: boolean;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly all_projects: boolean;
  readonly project_ids: readonly string[];
  readonly project_names: readonly string[];
  readonly created_at: string;
  readonly last_seen_at: string | null;
  readonly disabled_at: string | null;
  readonly second_factor: boolean;
}

const SELECT = `
  select s.id::text as id, s.email, s.name, s.role, s.all_projects, s.created_at::text as created_at,
    s.last_seen_at::text as last_seen_at, s.disabled_at::text as disabled_at,
    exists (select from second_factors f where f.staff_id = s.id and f.confirmed_at is not null) as second_factor,
    coalesce(array_agg(p.id::text order by lower(p.name), p.id) filter (where p.id is not null), '{}') as project_ids,
    coalesce(array_agg(p.name order by lower(p.name), p.id) filter (where p.id is not null), '{}') as project_names
  from staff s
  left join staff_projects g on g.staff_id = s.id
  left join projects p on p.id = g.project_id`;

const LIST = {
  name: 'list_staff',
  text: `${SELECT} group by s.id order by s.disabled_at is not null, lower(s.name), s.id`,
};
const ONE = { name: 'get_staff', text: `${SELECT} where s.id = $1::uuid group by s.id` };

function toLine(row: Row): StaffLine {
  const { id, email, name, role } = row;
  const given = row.project_ids.map((projectId, index) => ({ id: projectId, name: row.project_names[index] ?? '' }));
  const instant = (text: string | null): string | null => (text === null ? null : fromPostgres(text));
  return {
    id,
    email,
    name,
    role,
    projects: row.all_projects ? 'all' : given,
    createdAt: fromPostgres(row.created_at),
    lastSeenAt: instant(row.last_seen_at),
    disabledAt: instant(row.disabled_at),
    secondFactor: row.second_factor,
  };
}

/** Everybody, those who may sign in first; nobody for who may not manage them. */
export async function listStaff(access: Access): Promise<readonly StaffLine[]> {
  if (!may(access, 'manageStaff')) return [];
  const database = await getDatabase();
  return (await database.run<Row>(LIST, [])).map(toLine);
}

export async function getStaffLine(access: Access, id: string): Promise<StaffLine | null> {
  if (!may(access, 'manageStaff') || !isUuid(id)) return null;
  const database = await getDatabase();
  const [row] = await database.run<Row>(ONE, [id]);
  return row ? toLine(row) : null;
}
