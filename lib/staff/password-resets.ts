import { origin } from '@/lib/audit/record';
import type { RequestOrigin } from '@/lib/audit/request-origin';
import { randomKey, sha256Hex } from '@/lib/crypto';
import { isUuid } from '@/lib/cursor';
import { getDatabase } from '@/lib/db/client';
import { fromPostgres } from '@/lib/time';
import { type Access, may } from './access';
import { StaffRefused } from './create';
import { hashPassword, passwordRefusal } from './passwords';

/** Long enough to hand the link over, short enough that a forgotten message is no way in. */
export const RESET_HOURS = 24;
/** Links that one owner makes within an hour; more is no help for a colleague. */
export const MAX_RESETS_PER_HOUR = 20;

/** A link of a row `r` still works at a moment, a parameter such as `$1::timestamptz`. */
function isOpen(moment: string): string {
  return `r.used_at is null and r.revoked_at is null and r.expires_at > ${moment}
    and exists (select from staff o where o.id = r.created_by and o.role = 'owner' and o.disabled_at is null)
    and exists (select from staff m where m.id = r.staff_id and m.disabled_at is null)`;
}

/**
 * For statements that change a password otherwise, or disable the member: with `changed` as the rows of `staff` changed. The links
 * that the member made end too, for whoever had their session may have made them.
 */
export const REVOKE_RESETS = `revoked_resets as (
      update password_resets r set revoked_at = now() from changed
      where (r.staff_id = changed.id or r.created_by = changed.id) and r.used_at is null and r.revoked_at is null
    )`;

/** A later link for the same member ends the earlier ones. */
const MAKE = {
  name: 'make_password_reset',
  text: `
    with member as (
      select id from staff where id = $2::uuid and disabled_at is null and id <> $3::uuid
    ),
    allowed as (
      select member.id from member where ${MAX_RESETS_PER_HOUR} > (
        select count(*) from password_resets
        where created_by = $3::uuid and created_at > $4::timestamptz - interval '1 hour')
    ),
    revoked as (
      update password_resets r set revoked_at = $4::timestamptz from allowed
      where r.staff_id = allowed.id and r.used_at is null and r.revoked_at is null
    ),
    made as (
      insert into password_resets (token_hash, staff_id, created_by, created_at, expires_at)
      select $1::text, id, $3::uuid, $4::timestamptz, $4::timestamptz + interval '${RESET_HOURS} hours' from allowed
      returning staff_id
    ),
    logged as (
      insert into audit_log (staff_id, address, request_id, action, object)
      select $3::uuid, $5::text, $6::text, 'staff.password_link', staff_id::text from made
    )
    select exists (select from member) as found, exists (select from made) as made`,
};

export type PasswordReset =
  | { readonly outcome: 'made'; readonly token: string }
  /** `no_member`: nobody whose password this owner may reset, themselves included. */
  | { readonly outcome: 'no_member' | 'limited' };

/** What stands in the link; nobody can read it a second time. The old password works until the link is used. */
export async function makePasswordReset(
  access: Access,
  staffId: string,
  now: Date = new Date(),
): Promise<PasswordReset> {
  if (!may(access, 'manageStaff') || !isUuid(staffId)) return { outcome: 'no_member' };
  const token = randomKey();
  const database = await getDatabase();
  const parameters = [sha256Hex(token), staffId, access.staffId, now.toISOString(), ...origin(access)];
  const [row] = await database.run<{ found: boolean; made: boolean }>(MAKE, parameters);
  if (row?.made) return { outcome: 'made', token };
  return { outcome: row?.found ? 'limited' : 'no_member' };
}

const REVOKE = {
  name: 'revoke_password_reset',
  text: `
    with revoked as (
      update password_resets r set revoked_at = $2::timestamptz
      where r.staff_id = $1::uuid and r.used_at is null and r.revoked_at is null returning r.staff_id
    )
    insert into audit_log (staff_id, address, request_id, action, object)
    select distinct $3::uuid, $4::text, $5::text, 'staff.password_link_revoke', staff_id::text from revoked
    returning id`,
};

/** False: there was no link. */
export async function revokePasswordReset(access: Access, staffId: string, now: Date = new Date()): Promise<boolean> {
  if (!may(access, 'manageStaff') || !isUuid(staffId)) return false;
  const database = await getDatabase();
  const rows = await database.run(REVOKE, [staffId, now.toISOString(), access.staffId, ...origin(access)]);
  return rows.length > 0;
}

const OF_MEMBER = {
  name: 'password_reset_of_member',
  text: `select r.expires_at::text as at from password_resets r
    where r.staff_id = $2::uuid and ${isOpen('$1::timestamptz')} order by r.expires_at desc limit 1`,
};

/** Until when a member can use the link that they were given; null: they have none. */
export async function findPasswordReset(
  access: Access,
  staffId: string,
  now: Date = new Date(),
): Promise<string | null> {
  if (!may(access, 'manageStaff') || !isUuid(staffId)) return null;
  const database = await getDatabase();
  const [row] = await database.run<{ at: string }>(OF_MEMBER, [now.toISOString(), staffId]);
  return row ? fromPostgres(row.at) : null;
}

const BY_TOKEN = {
  name: 'password_reset_by_token',
  text: `select m.email from password_resets r join staff m on m.id = r.staff_id
    where r.token_hash = $2::text and ${isOpen('$1::timestamptz')}`,
};

/** Whose password it is, for whoever holds the link; null once it is used, revoked, expired or was never there. */
export async function emailOfReset(token: string, now: Date = new Date()): Promise<string | null> {
  const database = await getDatabase();
  const [row] = await database.run<{ email: string }>(BY_TOKEN, [now.toISOString(), sha256Hex(token)]);
  return row?.email ?? null;
}

/** Of two who use the link at once, the second finds it used. Every session ends; the second factor stays. */
const USE = {
  name: 'use_password_reset',
  text: `
    with taken as (
      update password_resets r set used_at = $1::timestamptz
      where r.token_hash = $2::text and ${isOpen('$1::timestamptz')}
      returning r.staff_id
    ),
    changed as (
      update staff s set password_hash = $3::text from taken
      where s.id = taken.staff_id and s.disabled_at is null
      returning s.id, s.email
    ),
    ended as (
      delete from sessions se using changed where se.staff_id = changed.id
    ),
    revoked as (
      update password_resets r set revoked_at = $1::timestamptz from changed
      where (r.staff_id = changed.id or r.created_by = changed.id) and r.token_hash <> $2::text
        and r.used_at is null and r.revoked_at is null
    ),
    logged as (
      insert into audit_log (staff_id, address, request_id, action)
      select id, $4::text, $5::text, 'password.reset' from changed
    )
    select email from changed`,
};

/** The member's e-mail address; null: the link is of no use any more, and nothing was changed. */
export async function resetPassword(
  token: string,
  password: string,
  from: RequestOrigin,
  now: Date = new Date(),
): Promise<string | null> {
  if ((await emailOfReset(token, now)) === null) return null;
  const passwordHash = await hashPassword(password);
  const database = await getDatabase();
  const parameters = [now.toISOString(), sha256Hex(token), passwordHash, from.address, from.requestId];
  const [changed] = await database.run<{ email: string }>(USE, parameters);
  return changed?.email ?? null;
}

/** By the operator, for who cannot sign in. */
const BY_OPERATOR = {
  name: 'reset_password_by_operator',
  text: `
    with changed as (
      update staff set password_hash = $2::text where lower(email) = lower($1::text) and disabled_at is null
      returning id, email
    ),
    ended as (
      delete from sessions se using changed where se.staff_id = changed.id returning se.id
    ),
    ${REVOKE_RESETS},
    logged as (
      insert into audit_log (action, object, detail)
      select 'staff.password_reset', id::text, jsonb_build_object('by', 'operator') from changed
    )
    select id::text as id, email, (select count(*)::int from ended) as "sessionsEnded" from changed`,
};

const KNOWN = { name: 'known_staff', text: 'select 1 as found from staff where lower(email) = lower($1::text)' };

export interface OperatorReset {
  readonly id: string;
  readonly email: string;
  readonly sessionsEnded: number;
}

export async function resetPasswordByOperator(email: string, password: string): Promise<OperatorReset> {
  const address = email.trim();
  const refusal = await passwordRefusal(password);
  if (refusal !== null) throw new StaffRefused(refusal);
  const passwordHash = await hashPassword(password);
  const database = await getDatabase();
  const [changed] = await database.run<OperatorReset>(BY_OPERATOR, [address, passwordHash]);
  if (changed) return changed;
  const known = await database.run(KNOWN, [address]);
  throw new StaffRefused(
    known.length > 0
      ? `${address} is disabled. An owner enables members of staff under Settings, Staff.`
      : `There is no member of staff with the e-mail address ${address}.`,
  );
}
