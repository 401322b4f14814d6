import { actorOf, loggedAct } from '@/lib/audit/record';
import { randomKey, sha256Hex } from '@/lib/crypto';
import { getDatabase } from '@/lib/db/client';
import { wellFormed } from '@/lib/text';
import { fromPostgres } from '@/lib/time';
import type { Access } from './access';
import { passwordFingerprint } from './passwords';
import { MEMBER_COLUMNS, MEMBER_FROM, type Member, type MemberRow, toMember } from './queries';
import { IDLE_HOURS, LONGEST_DAYS, SEEN_EVERY_MINUTES, stillOpen } from './session-limits';

/** From where and with what somebody comes. */
export interface Visitor {
  readonly address: string | null;
  readonly userAgent: string | null;
  /** The name under which the traces of the request are found. */
  readonly requestId?: string | null;
}

const LONGEST_AGENT = 300;

/** What the database knows a session by. */
export function sessionIdOf(secret: string): string {
  return sha256Hex(secret);
}

/** Nobody signs in unrecorded. Whoever does sweeps up what has run out. */
const OPEN = {
  name: 'open_session',
  text: `
    with swept as (
      delete from sessions se where not (${stillOpen('$4::timestamptz')})
    ),
    seen as (
      update staff set last_seen_at = $4::timestamptz where id = $2::uuid
    ),
    logged as (
      insert into audit_log (staff_id, address, request_id, action) values ($2::uuid, $5::text, $7::text, 'session.start')
    )
    insert into sessions (id, staff_id, proof, created_at, last_seen_at, expires_at, address, user_agent)
    values ($1::text, $2::uuid, $3::text, $4::timestamptz, $4::timestamptz,
      $4::timestamptz + interval '${LONGEST_DAYS} days', $5::text, $6::text)`,
};

/** A new session, never one that was there before; what its cookie carries, which is kept nowhere. */
export async function openSession(
  member: Pick<Member, 'id' | 'passwordHash'>,
  { address, userAgent, requestId = null }: Visitor,
  now: Date = new Date(),
): Promise<string> {
  const secret = randomKey();
  const agent = userAgent === null ? null : wellFormed(userAgent).slice(0, LONGEST_AGENT);
  const proof = passwordFingerprint(member.passwordHash);
  const database = await getDatabase();
  await database.run(OPEN, [sessionIdOf(secret), member.id, proof, now.toISOString(), address, agent, requestId]);
  return secret;
}

const FIND = {
  name: 'find_session',
  text: `
    select ${MEMBER_COLUMNS}, se.proof,
      se.last_seen_at <= $2::timestamptz - interval '${SEEN_EVERY_MINUTES} minutes' as stale
    ${MEMBER_FROM} join sessions se on se.staff_id = s.id
    where se.id = $1::text and s.disabled_at is null and ${stillOpen('$2::timestamptz')}`,
};

export interface OpenSession {
  readonly member: Member;
  /** It was last seen long enough ago to be written down again. */
  readonly stale: boolean;
}

/** Who is signed in by it, in one read; null when it was ended, ran out or belongs to somebody disabled. */
export async function findSession(id: string, now: Date = new Date()): Promise<OpenSession | null> {
  const database = await getDatabase();
  const [row] = await database.run<MemberRow & { proof: string; stale: boolean }>(FIND, [id, now.toISOString()]);
  if (!row || passwordFingerprint(row.password_hash) !== row.proof) return null;
  return { member: toMember(row), stale: row.stale };
}

/** Of several requests at once, one writes. */
const SEEN = {
  name: 'session_seen',
  text: `
    with seen as (
      update sessions set last_seen_at = $2::timestamptz
      where id = $1::text and last_seen_at <= $2::timestamptz - interval '${SEEN_EVERY_MINUTES} minutes'
      returning staff_id
    )
    update staff s set last_seen_at = $2::timestamptz from seen where s.id = seen.staff_id`,
};

export async function markSeen(id: string, now: Date = new Date()): Promise<void> {
  const database = await getDatabase();
  await database.run(SEEN, [id, now.toISOString()]);
}

const END = {
  name: 'end_session',
  text: `
    with ended as (delete from sessions where id = $1::text returning staff_id)
    insert into audit_log (staff_id, address, request_id, action)
    select staff_id, $2::text, $3::text, 'session.end' from ended`,
};

/** A copy of its cookie opens nothing any more. Recorded where there was such a session. */
export async function endSession(id: string, from: Pick<Access, 'address' | 'requestId'>): Promise<void> {
  const database = await getDatabase();
  await database.run(END, [id, from.address, from.requestId]);
}

const END_OWN = {
  name: 'end_own_session',
  text: `
    with ended as (delete from sessions where id = $1::text and staff_id = $2::uuid returning id),
    ${loggedAct(3, 'ended', `'session.end'`)}
    select id from ended`,
};

/** One of one's own; false: there is none of that name, or it is somebody else's. */
export async function endOwnSession(access: Access, id: string): Promise<boolean> {
  const database = await getDatabase();
  return (await database.run(END_OWN, [id, access.staffId, ...actorOf(access)])).length > 0;
}

const END_OTHERS = {
  name: 'end_other_sessions',
  text: `
    with ended as (delete from sessions where staff_id = $1::uuid and id is distinct from $2::text returning id),
    counted as (select count(*) as ended from ended),
    ${loggedAct(3, 'counted', `case when $2::text is null then 'session.end_all' else 'session.end_others' end`, {
      detail: `jsonb_build_object('ended', ended)`,
    })}
    select id from ended`,
};

/** All of one's own but this one; how many there were. */
export async function endOtherSessions(access: Access): Promise<number> {
  const database = await getDatabase();
  return (await database.run(END_OTHERS, [access.staffId, access.sessionId, ...actorOf(access)])).length;
}

/** All of one's own, this one too. */
export async function endAllSessions(access: Access): Promise<void> {
  const database = await getDatabase();
  await database.run(END_OTHERS, [access.staffId, null, ...actorOf(access)]);
}

export interface SessionLine {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly current: boolean;
}

interface LineRow {
  readonly id: string;
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly expires_at: string;
  readonly address: string | null;
  readonly user_agent: string | null;
}

const LIST = {
  name: 'list_sessions',
  text: `
    select se.id, se.created_at::text as created_at, se.last_seen_at::text as last_seen_at,
      least(se.expires_at, se.last_seen_at + interval '${IDLE_HOURS} hours')::text as expires_at,
      se.address, se.user_agent
    from sessions se where se.staff_id = $1::uuid and ${stillOpen('$2::timestamptz')}
    order by se.id = $3::text desc, se.last_seen_at desc, se.id limit 100`,
};

/** Where one is signed in, this browser first. */
export async function listSessions(access: Access, now: Date = new Date()): Promise<readonly SessionLine[]> {
  const database = await getDatabase();
  const rows = await database.run<LineRow>(LIST, [access.staffId, now.toISOString(), access.sessionId]);
  return rows.map((row) => ({
    id: row.id,
    createdAt: fromPostgres(row.created_at),
    lastSeenAt: fromPostgres(row.last_seen_at),
    expiresAt: fromPostgres(row.expires_at),
    address: row.address,
    userAgent: row.user_agent,
    current: row.id === access.sessionId,
  }));
}
