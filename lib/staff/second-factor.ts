import { actorOf, loggedAct } from '@/lib/audit/record';
import { getDatabase } from '@/lib/db/client';
import { fromPostgres } from '@/lib/time';
import { open, seal } from '@/lib/vault';
import { type Access, may } from './access';
import { isAppCode, newRecoveryCodes, newSecret, plainCode, recoveryHash, setupUri, stepOf } from './codes';

/** The row's name for the vault. */
export function secondFactorOwner(staffId: string): string {
  return `second_factors:${staffId}`;
}

export type SecondFactor =
  | { readonly state: 'off' }
  /** Begun: the app is shown the secret and has yet to answer with a code. */
  | { readonly state: 'begun'; readonly secret: string; readonly uri: string }
  | { readonly state: 'on'; readonly since: string; readonly codesLeft: number };

interface Row {
  readonly sealed: string;
  readonly encryption_key_id: string;
  readonly confirmed_at: string | null;
  readonly codes_left: number;
}

const FIND = {
  name: 'find_second_factor',
  text: `
    select encode(f.sealed, 'hex') as sealed, f.encryption_key_id, f.confirmed_at::text as confirmed_at,
      (select count(*) from recovery_codes c where c.staff_id = f.staff_id and c.used_at is null)::int as codes_left
    from second_factors f where f.staff_id = $1::uuid`,
};

async function find(staffId: string): Promise<Row | null> {
  const database = await getDatabase();
  const [row] = await database.run<Row>(FIND, [staffId]);
  return row ?? null;
}

function secretOf(staffId: string, { sealed, encryption_key_id }: Row): string {
  const opened = open({ sealed: Buffer.from(sealed, 'hex'), keyId: encryption_key_id }, secondFactorOwner(staffId));
  return Buffer.from(opened).toString();
}

export async function readSecondFactor({ staffId, email }: Access): Promise<SecondFactor> {
  const row = await find(staffId);
  if (!row) return { state: 'off' };
  if (row.confirmed_at) return { state: 'on', since: fromPostgres(row.confirmed_at), codesLeft: row.codes_left };
  const secret = secretOf(staffId, row);
  return { state: 'begun', secret, uri: setupUri(secret, email) };
}

/** Whether a code is asked for after the password. */
export async function hasSecondFactor(staffId: string): Promise<boolean> {
  return ((await find(staffId))?.confirmed_at ?? null) !== null;
}

const BEGIN = {
  name: 'begin_second_factor',
  text: `
    insert into second_factors (staff_id, sealed, encryption_key_id) values ($1::uuid, $2::bytea, $3::text)
    on conflict (staff_id) do update set sealed = excluded.sealed, encryption_key_id = excluded.encryption_key_id
    where second_factors.confirmed_at is null`,
};

/** A new secret; one in force stays as it is. */
export async function beginSecondFactor({ staffId }: Access): Promise<void> {
  const { sealed, keyId } = seal(newSecret(), secondFactorOwner(staffId));
  const database = await getDatabase();
  await database.run(BEGIN, [staffId, sealed, keyId]);
}

const CANCEL = {
  name: 'cancel_second_factor',
  text: 'delete from second_factors where staff_id = $1::uuid and confirmed_at is null',
};

/** One that was begun and is not in force. */
export async function cancelSecondFactor({ staffId }: Access): Promise<void> {
  const database = await getDatabase();
  await database.run(CANCEL, [staffId]);
}

const CONFIRM = {
  name: 'confirm_second_factor',
  text: `
    with confirmed as (
      update second_factors set confirmed_at = $2::timestamptz, last_step = $3::int
      where staff_id = $1::uuid and confirmed_at is null returning staff_id
    ),
    written as (
      insert into recovery_codes (staff_id, code_hash)
      select confirmed.staff_id, code from confirmed cross join unnest($4::text[]) as code
    ),
    ${loggedAct(5, 'confirmed', `'second_factor.on'`)}
    select staff_id from confirmed`,
};

/** In force from now on; the recovery codes, which nobody can read a second time. Null: the code is wrong. */
export async function confirmSecondFactor(
  access: Access,
  entered: string,
  now: Date = new Date(),
): Promise<readonly string[] | null> {
  const row = await find(access.staffId);
  if (!row || row.confirmed_at) return null;
  const step = stepOf(secretOf(access.staffId, row), plainCode(entered), now);
  if (step === null) return null;
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => recoveryHash(access.staffId, code));
  const database = await getDatabase();
  const done = await database.run(CONFIRM, [access.staffId, now.toISOString(), step, hashes, ...actorOf(access)]);
  return done.length === 0 ? null : codes;
}

/** Of two who enter the same code at once, one is taken. */
const TAKE_STEP = {
  name: 'take_second_factor_step',
  text: `update second_factors set last_step = $2::int
    where staff_id = $1::uuid and confirmed_at is not null and last_step < $2::int returning staff_id`,
};

const TAKE_CODE = {
  name: 'take_recovery_code',
  text: `update recovery_codes set used_at = $3::timestamptz
    where staff_id = $1::uuid and code_hash = $2::text and used_at is null returning staff_id`,
};

/** Whether this is a code of the app, or one from the paper, that was not taken before. */
export async function takeCode(staffId: string, entered: string, now: Date = new Date()): Promise<boolean> {
  const code = plainCode(entered);
  const row = await find(staffId);
  if (!row?.confirmed_at) return false;
  const database = await getDatabase();
  if (!isAppCode(code)) {
    const parameters = [staffId, recoveryHash(staffId, code), now.toISOString()];
    return (await database.run(TAKE_CODE, parameters)).length > 0;
  }
  const step = stepOf(secretOf(staffId, row), code, now);
  return step !== null && (await database.run(TAKE_STEP, [staffId, step])).length > 0;
}

const REMOVE = {
  name: 'remove_second_factor',
  text: `
    with removed as (delete from second_factors where staff_id = $1::uuid returning staff_id),
    ${loggedAct(3, 'removed', '$2::text', { object: `case when staff_id <> $3::uuid then staff_id end` })}
    select staff_id from removed`,
};

export async function removeSecondFactor(access: Access): Promise<void> {
  const database = await getDatabase();
  await database.run(REMOVE, [access.staffId, 'second_factor.off', ...actorOf(access)]);
}

/** For a colleague who lost telephone and paper; an owner's act. */
export async function resetSecondFactor(access: Access, staffId: string): Promise<boolean> {
  if (!may(access, 'manageStaff')) return false;
  const database = await getDatabase();
  return (await database.run(REMOVE, [staffId, 'staff.second_factor_reset', ...actorOf(access)])).length > 0;
}

const RENEW = {
  name: 'renew_recovery_codes',
  text: `
    with factor as (
      select staff_id from second_factors where staff_id = $1::uuid and confirmed_at is not null
    ),
    ended as (
      delete from recovery_codes c using factor where c.staff_id = factor.staff_id
    ),
    ${loggedAct(3, 'factor', `'second_factor.codes'`)}
    insert into recovery_codes (staff_id, code_hash)
    select factor.staff_id, code from factor cross join unnest($2::text[]) as code returning staff_id`,
};

/** The old ones end; null: there is no second factor. */
export async function renewRecoveryCodes(access: Access): Promise<readonly string[] | null> {
  const codes = newRecoveryCodes();
  const database = await getDatabase();
  const hashes = codes.map((code) => recoveryHash(access.staffId, code));
  const made = await database.run(RENEW, [access.staffId, hashes, ...actorOf(access)]);
  return made.length === 0 ? null : codes;
}
