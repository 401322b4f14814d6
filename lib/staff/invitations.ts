import { actorOf, loggedAct } from '@/lib/audit/record';
import { randomKey, sha256Hex } from '@/lib/crypto';
import { isUuid } from '@/lib/cursor';
import { getDatabase } from '@/lib/db/client';
import { fromPostgres } from '@/lib/time';
import { type Access, may, type Role } from './access';
import type { Rights } from './manage';
import { hashPassword } from './passwords';

/** Long enough for a weekend, short enough that a forgotten message is no way in. */
export const INVITATION_HOURS = 72;

/** A later link for the same person ends the earlier ones. */
const INVITE = {
  name: 'invite_staff',
  text: `
    with free as (
      select where not exists (select from staff where lower(email) = lower($2::text))
    ),
    revoked as (
      update invitations set revoked_at = $7::timestamptz from free
      where lower(email) = lower($2::text) and accepted_at is null and revoked_at is null
    ),
    made as (
      insert into invitations (token_hash, email, role, all_projects, project_ids, invited_by, created_at, expires_at)
      select $1::text, $2::text, $3::text, $4::boolean, $5::text[], $6::uuid, $7::timestamptz,
        $7::timestamptz + interval '${INVITATION_HOURS} hours'
      from free returning id
    ),
    ${loggedAct(8, 'made', `'staff.invite'`, {
      object: '$2',
      detail: `jsonb_build_object('role', $3::text,
        'projects', case when $4::boolean then 'all' else array_to_string($5::text[], ' ') end)`,
    })}
    select id::text as id from made`,
};

export interface Invited extends Rights {
  readonly email: string;
}

/** What stands in the link; nobody can read it a second time. Null: there is a member with this address already. */
export async function invite(
  access: Access,
  { email, role, projects }: Invited,
  now: Date = new Date(),
): Promise<string | null> {
  if (!may(access, 'manageStaff')) return null;
  const given = role === 'owner' ? 'all' : projects;
  const token = randomKey();
  const database = await getDatabase();
  const [made] = await database.run<{ id: string }>(INVITE, [
    sha256Hex(token),
    email,
    role,
    given === 'all',
    given === 'all' ? [] : given,
    access.staffId,
    now.toISOString(),
    ...actorOf(access),
  ]);
  return made ? token : null;
}

const REVOKE = {
  name: 'revoke_invitation',
  text: `
    with revoked as (
      update invitations set revoked_at = $2::timestamptz
      where id = $1::uuid and accepted_at is null and revoked_at is null returning email
    ),
    ${loggedAct(3, 'revoked', `'staff.invitation_revoke'`, { object: 'email' })}
    select email from revoked`,
};

/** False: it is accepted or revoked already, or was never there. */
export async function revokeInvitation(access: Access, id: string, now: Date = new Date()): Promise<boolean> {
  if (!may(access, 'manageStaff') || !isUuid(id)) return false;
  const database = await getDatabase();
  return (await database.run(REVOKE, [id, now.toISOString(), ...actorOf(access)])).length > 0;
}

export interface InvitationLine {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly created_at: string;
  readonly expires_at: string;
}

/** At `$1` it can still be accepted: whoever invited must be an owner still. */
const OPEN = `i.accepted_at is null and i.revoked_at is null and i.expires_at > $1::timestamptz
  and exists (select from staff o where o.id = i.invited_by and o.role = 'owner' and o.disabled_at is null)`;
const SELECT = `select i.id::text as id, i.email, i.role, i.created_at::text as created_at,
  i.expires_at::text as expires_at from invitations i`;

const LIST = { name: 'list_invitations', text: `${SELECT} where ${OPEN} order by i.created_at desc, i.id limit 100` };
const BY_TOKEN = { name: 'invitation_by_token', text: `${SELECT} where ${OPEN} and i.token_hash = $2::text` };

function toLine({ id, email, role, created_at, expires_at }: Row): InvitationLine {
  return { id, email, role, createdAt: fromPostgres(created_at), expiresAt: fromPostgres(expires_at) };
}

export async function listInvitations(access: Access, now: Date = new Date()): Promise<readonly InvitationLine[]> {
  if (!may(access, 'manageStaff')) return [];
  const database = await getDatabase();
  return (await database.run<Row>(LIST, [now.toISOString()])).map(toLine);
}

/** For whoever holds the link; null once it is used, revoked or run out. */
export async function findInvitation(token: string, now: Date = new Date()): Promise<InvitationLine | null> {
  const database = await getDatabase();
  const [row] = await database.run<Row>(BY_TOKEN, [now.toISOString(), sha256Hex(token)]);
  return row ? toLine(row) : null;
}

/** Of two who open the link at once, the second finds the row accepted and nobody is made. */
const ACCEPT = {
  name: 'accept_invitation',
  text: `
    with taken as (
      update invitations i set accepted_at = $1::timestamptz
      where ${OPEN} and i.token_hash = $2::text
        and not exists (select from staff m where lower(m.email) = lower(i.email))
      returning i.email, i.role, i.all_projects, i.project_ids
    ),
    made as (
      insert into staff (email, name, role, password_hash, all_projects)
      select email, $3::text, role, $4::text, all_projects from taken
      on conflict do nothing
      returning id, email
    ),
    given as (
      insert into staff_projects (staff_id, project_id)
      select made.id, p.id from made cross join taken join projects p on p.id::text = any (taken.project_ids)
    ),
    logged as (
      insert into audit_log (staff_id, action, object, detail)
      select made.id, 'staff.join', made.email, jsonb_build_object('role', taken.role) from made cross join taken
    )
    select email from made`,
};

export interface Newcomer {
  readonly name: string;
  readonly password: string;
}

/** The new member's e-mail address; null: the link is of no use any more. */
export async function acceptInvitation(
  token: string,
  { name, password }: Newcomer,
  now: Date = new Date(),
): Promise<string | null> {
  if (!(await findInvitation(token, now))) return null;
  const passwordHash = await hashPassword(password);
  const database = await getDatabase();
  const [made] = await database.run<{ email: string }>(ACCEPT, [
    now.toISOString(),
    sha256Hex(token),
    name,
    passwordHash,
  ]);
  return made?.email ?? null;
}
