import { databaseFor, getDatabase } from '@/lib/db/client';
import type { CredentialProblem } from '@/lib/providers/provider';
import type { Access } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { listArrivals } from './arrivals';
import { findSecretProblem, type ProjectSummary } from './queries';
import { judgeSilence, type Silence } from './silence';
import { TOKEN_LIFE_S, tokenExpiry } from './token-time';

/** A postback in the ledger, to show what something was derived from. */
export interface Seen {
  readonly id: string;
  readonly at: string;
}

/** What came as GET, which carries no postback. */
export interface GetRequests {
  readonly count: number;
  readonly lastAt: string;
  /** What the last one called itself. */
  readonly userAgent: string | null;
}

/** All that the doctor page is derived from, of one project. */
export interface DoctorFacts {
  readonly provider: string;
  readonly secret: ProjectSummary['secret'];
  readonly secretProblem: CredentialProblem | null;
  /** The last that the provider signed, and with which of the project's keys; `ended` when it is no longer in force. */
  readonly live: (Seen & { readonly hint: string | null; readonly ended: boolean }) | null;
  readonly test: Seen | null;
  /** The last that was refused or could not be read. */
  readonly other: Seen | null;
  /** The last that another key had signed since a key was accepted or entered, and how many there were. */
  readonly wrongKey: (Seen & { readonly count: number }) | null;
  /** GETs at the notification URL within a week. */
  readonly gets: GetRequests | null;
  /** Between the making of a token and its receipt, by our clock, in seconds: of the last few the nearest to none. */
  readonly delay: (Seen & { readonly seconds: number }) | null;
  readonly silence: Silence;
  /** How long the database took to answer just now, in milliseconds. */
  readonly answeredIn: number;
}

interface SeenRow {
  readonly kind: string;
  readonly id: string;
  readonly at: string;
  readonly count: number;
  readonly hint: string | null;
  readonly ended: boolean | null;
}

const SEEN = {
  name: 'doctor_seen',
  text: `with live as (
      select b.id, b.received_at, b.secret_id from postbacks b
      where b.project_id = $1::uuid and b.signer = 'live' order by b.received_at desc, b.id desc limit 1
    ), since as (
      select greatest((select received_at from live), (select max(s.created_at) from project_secrets s
        where s.project_id = $1::uuid and s.signer = 'live')) as at
    ), wrong as (
      select b.id, b.received_at from postbacks b, since
      where b.project_id = $1::uuid and b.reason in ('token_wrong_key', 'signature_wrong_key')
        and b.received_at > coalesce(since.at, '-infinity')
    )
    select 'live' as kind, l.id::text as id, l.received_at::text as at, 1 as count, s.hint, s.ends_at is not null as ended
      from live l left join project_secrets s on s.id = l.secret_id
    union all
    (select 'test', b.id::text, b.received_at::text, 1, null, null from postbacks b
      where b.project_id = $1::uuid and b.signer = 'test' order by b.received_at desc, b.id desc limit 1)
    union all
    (select 'other', b.id::text, b.received_at::text, 1, null, null from postbacks b
      where b.project_id = $1::uuid and b.signer is null order by b.received_at desc, b.id desc limit 1)
    union all
    (select 'wrong', w.id::text, w.received_at::text, (select count(*) from wrong)::int, null, null from wrong w
      order by w.received_at desc, w.id desc limit 1)`,
};

const GETS = {
  name: 'doctor_gets',
  text: `select sum(c.count)::int as count, max(c.last_at)::text as at,
      (array_agg(c.last_user_agent order by c.last_at desc))[1] as user_agent from project_counters c
    where c.project_id = $1::uuid and c.kind = 'get' and c.hour > $2::timestamptz - interval '7 days'`,
};

/** Those whose token a key of the project had signed, whatever its expiry then led to. */
const BODIES = {
  name: 'doctor_bodies',
  text: `select b.id::text as id, b.received_at::text as at, encode(b.body, 'base64') as body, b.encryption_key_id as key_id
    from postbacks b
    where b.project_id = $1::uuid and b.body is not null
      and (b.signer = 'live' or b.reason in ('token_expired', 'token_not_yet_valid'))
    order by b.received_at desc, b.id desc limit 5`,
};

const PING = { name: 'doctor_ping', text: 'select 1 as answer' };

/** Only for a project that this person was found to see. */
export async function readDoctorFacts(access: Access, project: ProjectSummary, now: Date): Promise<DoctorFacts> {
  const database = await databaseFor(access);
  const began = performance.now();
  await database.run(PING, []);
  const answeredIn = performance.now() - began;
  const [came, delay, secretProblem] = await Promise.all([
    readRequestFacts(access, project.id, now),
    readDelay(project),
    findSecretProblem(project),
  ]);
  return {
    provider: project.provider,
    secret: project.secret,
    secretProblem,
    delay,
    answeredIn,
    ...came,
  };
}

/** What came to the notification URL, and what did not. */
export type RequestFacts = Pick<DoctorFacts, 'live' | 'test' | 'other' | 'wrongKey' | 'gets' | 'silence'>;

/** Only for a project that this person was found to see. */
export async function readRequestFacts(access: Access, projectId: string, now: Date): Promise<RequestFacts> {
  const database = await databaseFor(access);
  const [seen, [gets], arrivals] = await Promise.all([
    database.run<SeenRow>(SEEN, [projectId]),
    database.run<GetsRow>(GETS, [projectId, now.toISOString()]),
    listArrivals(access, now, projectId),
  ]);
  const of = (kind: string): SeenRow | undefined => seen.find((row) => row.kind === kind);
  const [live, wrong] = [of('live'), of('wrong')];
  return {
    live: live ? { ...toSeen(live), hint: live.hint, ended: live.ended === true } : null,
    test: seenOrNull(of('test')),
    other: seenOrNull(of('other')),
    wrongKey: wrong ? { ...toSeen(wrong), count: wrong.count } : null,
    gets:
      gets?.count && gets.at ? { count: gets.count, lastAt: fromPostgres(gets.at), userAgent: gets.user_agent } : null,
    silence: judgeSilence(arrivals.get(projectId) ?? [], now),
  };
}

interface GetsRow {
  readonly count: number | null;
  readonly at: string | null;
  readonly user_agent: string | null;
}

function toSeen({ id, at }: { readonly id: string; readonly at: string }): Seen {
  return { id, at: fromPostgres(at) };
}

function seenOrNull(row: SeenRow | undefined): Seen | null {
  return row ? toSeen(row) : null;
}

interface BodyRow {
  readonly id: string;
  readonly at: string;
  readonly body: string;
  readonly key_id: string;
}

/** A clock that differs moves every token alike; one that waited, or a script's own that lives longer, does not count. */
export async function readDelay({
  id,
  provider,
}: Pick<ProjectSummary, 'id' | 'provider'>): Promise<DoctorFacts['delay']> {
  const database = await getDatabase();
  const rows = await database.run<BodyRow>(BODIES, [id]);
  const delays = rows.flatMap((row) => {
    const stored = { id: row.id, body: Buffer.from(row.body, 'base64'), encryptionKeyId: row.key_id };
    const expiry = tokenExpiry(provider, stored);
    if (expiry === null) return [];
    const seen = toSeen(row);
    return [{ ...seen, seconds: Math.round(Date.parse(seen.at) / 1000 - (expiry - TOKEN_LIFE_S)) }];
  });
  const [nearest] = delays.sort((a, b) => Math.abs(a.seconds) - Math.abs(b.seconds));
  return nearest ?? null;
}
