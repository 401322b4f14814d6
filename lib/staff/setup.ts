import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RequestOrigin } from '@/lib/audit/request-origin';
import { getDatabase } from '@/lib/db/client';
import { getEnv } from '@/lib/env';
import { hashPassword } from './passwords';

/** What the start prints in its first-run link; only who reads the server's output can make the owner. */
export function setupToken(): string {
  return createHmac('sha256', getEnv().authSecret).update('tillbell: make the first owner').digest('base64url');
}

export function isSetupToken(token: string): boolean {
  const expected = Buffer.from(setupToken());
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const EXISTS = {
  name: 'owner_exists',
  text: `select exists (select from settings) or exists (select from staff where role = 'owner') as found`,
};

export async function ownerExists(): Promise<boolean> {
  const database = await getDatabase();
  const [row] = await database.run<{ found: boolean }>(EXISTS, []);
  return row?.found ?? false;
}

export interface NewOwner {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly timeZone: string;
  readonly from?: RequestOrigin;
}

export type OwnerCreated =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: 'wrong_token' | 'owner_exists' | 'email_taken' };

/** The primary key of `settings` is what two racing first runs collide on: one of them makes the owner. */
const CREATE = {
  name: 'create_owner',
  text: `
    with first_run as (
      insert into settings (id, time_zone)
      select 1, $4::text
      where not exists (select from staff where role = 'owner' or lower(email) = lower($1::text))
      on conflict do nothing
      returning id
    ),
    owner as (
      insert into staff (email, name, role, password_hash)
      select $1::text, $2::text, 'owner', $3::text from first_run
      returning id
    ),
    logged as (
      insert into audit_log (staff_id, role, address, request_id, action, object, after)
      select id, 'owner', $5::text, $6::text, 'owner.create', $1::text,
        jsonb_build_object('email', $1::text, 'name', $2::text, 'role', 'owner')
      from owner
    )
    select id::text as id from owner`,
};

export async function createOwner(owner: NewOwner): Promise<OwnerCreated> {
  if (!isSetupToken(owner.token)) return { ok: false, reason: 'wrong_token' };
  if (await ownerExists()) return { ok: false, reason: 'owner_exists' };
  const passwordHash = await hashPassword(owner.password);
  const database = await getDatabase();
  const [row] = await database.run<{ id: string }>(CREATE, [
    owner.email,
    owner.name,
    passwordHash,
    owner.timeZone,
    owner.from?.address ?? null,
    owner.from?.requestId ?? null,
  ]);
  if (row) return { ok: true, id: row.id };
  return { ok: false, reason: (await ownerExists()) ? 'owner_exists' : 'email_taken' };
}
