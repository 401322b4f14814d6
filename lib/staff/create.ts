import { z } from 'zod';
import { getDatabase } from '@/lib/db/client';
import { readZone } from '@/lib/zone';
import { ROLES, type Role } from './access';
import { hashPassword, passwordRefusal } from './passwords';
import { findTimeZone } from './queries';

export interface NewStaff {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  /** Null or missing: every project, later ones too. */
  readonly projectIds?: readonly string[] | null;
  /** The deployment's zone, with its first owner. */
  readonly timeZone?: string;
}

/** Why a member cannot be made; the message is a sentence for the operator. */
export class StaffRefused extends Error {
  override readonly name = 'StaffRefused';
}

const emailSchema = z.email();

export const LONGEST_EMAIL = 254;

export function isEmail(text: string): boolean {
  return text.length <= LONGEST_EMAIL && emailSchema.safeParse(text).success;
}

/** An owner also settles the deployment (`settings`), after which the first-run page is refused. */
const CREATE = {
  name: 'create_staff',
  text: `
    with made as (
      insert into staff (email, name, role, password_hash, all_projects)
      values ($1::text, $2::text, $3::text, $4::text, $5::boolean)
      on conflict do nothing
      returning id, email, role
    ),
    settled as (
      insert into settings (id, time_zone) select 1, $6::text from made where role = 'owner' on conflict do nothing
    ),
    given as (
      insert into staff_projects (staff_id, project_id)
      select made.id, p.id from made join projects p on p.id::text = any ($7::text[])
    ),
    logged as (
      insert into audit_log (action, object, after, detail)
      select 'staff.create', email,
        jsonb_build_object('email', email, 'name', $2::text, 'role', role, 'all_projects', $5::boolean,
          'projects', to_jsonb($7::text[])),
        jsonb_build_object('by', 'operator')
      from made
    )
    select id::text as id, email, role from made`,
};

const KNOWN_PROJECTS = {
  name: 'known_projects',
  text: 'select id::text as id from projects where id::text = any ($1::text[])',
};

export async function createStaff(member: NewStaff): Promise<{ id: string; email: string; role: Role }> {
  const email = member.email.trim();
  const name = member.name.trim();
  const projectIds = [...new Set(member.projectIds ?? [])];
  const everything = member.role === 'owner' || !member.projectIds;
  await refuseUnusable({ ...member, email, name });
  const timeZone = await firstTimeZone(member);
  const database = await getDatabase();
  const known = await database.run<{ id: string }>(KNOWN_PROJECTS, [projectIds]);
  const unknown = projectIds.find((id) => !known.some((project) => project.id === id));
  if (unknown !== undefined) throw new StaffRefused(`There is no project with the id ${unknown}.`);
  const passwordHash = await hashPassword(member.password);
  const [made] = await database.run<{ id: string; email: string; role: Role }>(CREATE, [
    email,
    name,
    member.role,
    passwordHash,
    everything,
    timeZone,
    everything ? [] : projectIds,
  ]);
  if (!made) throw new StaffRefused(`There is already a member of staff with the e-mail address ${email}.`);
  return made;
}

/** A zone that would not be taken is refused, so that nobody believes it was. */
async function firstTimeZone({ role, timeZone }: NewStaff): Promise<string> {
  if (timeZone === undefined) return 'UTC';
  const zone = readZone(timeZone);
  if (zone === null) throw new StaffRefused(`${timeZone} is not a time zone. It must be a name such as Europe/Kyiv.`);
  const present = await findTimeZone();
  if (present === zone) return zone;
  if (present !== null) {
    throw new StaffRefused(`The time zone is ${present} already. An owner can change it under Settings, General.`);
  }
  if (role !== 'owner') throw new StaffRefused('The time zone is set with the first owner.');
  return zone;
}

async function refuseUnusable(member: NewStaff): Promise<void> {
  if (!isEmail(member.email)) throw new StaffRefused(`${member.email || 'Nothing'} is not an e-mail address.`);
  if (member.name === '') throw new StaffRefused('The name must not be empty.');
  if (!ROLES.includes(member.role)) throw new StaffRefused(`The role must be one of ${ROLES.join(', ')}.`);
  const refusal = await passwordRefusal(member.password);
  if (refusal !== null) throw new StaffRefused(refusal);
}
