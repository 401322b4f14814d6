import { getDatabase } from '@/lib/db/client';
import type { Role } from './access';

export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly projects: 'all' | readonly string[];
}

export interface MemberRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password_hash: string;
  readonly all_projects: boolean;
  readonly projects: readonly string[];
}

export const MEMBER_COLUMNS = `
  s.id::text as id, s.email, s.name, s.role, s.password_hash, s.all_projects,
  coalesce((select array_agg(p.project_id::text) from staff_projects p where p.staff_id = s.id), '{}'::text[]) as projects`;
export const MEMBER_FROM = 'from staff s';
const SELECT = `select ${MEMBER_COLUMNS} ${MEMBER_FROM}`;

const BY_ID = { name: 'member_by_id', text: `${SELECT} where s.id = $1::uuid and s.disabled_at is null` };
const BY_EMAIL = {
  name: 'member_by_email',
  text: `${SELECT} where lower(s.email) = lower($1::text) and s.disabled_at is null`,
};

export function toMember(row: MemberRow): Member {
  const { id, email, name, role } = row;
  return { id, email, name, role, passwordHash: row.password_hash, projects: row.all_projects ? 'all' : row.projects };
}

/** A member who may sign in; null for a stranger and for a disabled one. */
export async function findMemberByEmail(email: string): Promise<Member | null> {
  const database = await getDatabase();
  const [row] = await database.run<MemberRow>(BY_EMAIL, [email]);
  return row ? toMember(row) : null;
}

export async function findMemberById(id: string): Promise<Member | null> {
  const database = await getDatabase();
  const [row] = await database.run<MemberRow>(BY_ID, [id]);
  return row ? toMember(row) : null;
}

const ZONE = { name: 'deployment_zone', text: 'select time_zone from settings where id = 1' };

/** Null until there is an owner. */
export async function findTimeZone(): Promise<string | null> {
  const database = await getDatabase();
  const [row] = await database.run<{ time_zone: string }>(ZONE, []);
  return row?.time_zone ?? null;
}

/** The deployment's time zone; UTC until somebody chose one. */
export async function getTimeZone(): Promise<string> {
  return (await findTimeZone()) ?? 'UTC';
}
