import { PROVIDERS } from '@/lib/providers';
import { type Access, may } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { daysBefore, MOST_WAITING, type Waiting } from './queue';
import { projectsOf, read } from './read';

const REFUSED_DAYS = 7;
const SIGNED_IN_HEADERS = PROVIDERS.filter(({ signatureHeaders }) => signatureHeaders.length > 0).map(({ id }) => id);
/** Rows of one project that are looked at: a hundred an hour are kept, and the latest tell what is wrong now. */
const MOST_READ = 1_000;

/**
 * What was refused since the provider's signature was last accepted: from the newest row down to that one, so
 * a project in order costs one look into its index. $1 since, $2 projects, $3 providers that sign in headers.
 */
const REFUSED = {
  name: 'overview_refused',
  text: `select r.id::text as "projectId", r.name as project, p.outcome, p.reason, min(p.reason_field) as field,
      least(count(*), ${MOST_WAITING + 1})::int as count, min(p.received_at)::text as since, max(p.received_at)::text as at,
      p.outcome = 'refused' and min(p.answer_status) = 401
        and max(coalesce(p.rechecked_at, p.received_at)) filter (where p.is_whole) < (select max(s.created_at) from project_secrets s
        where s.project_id = r.id and s.signer = 'live' and (s.ends_at is null or s.ends_at > now())) as recheckable
    from projects r
    cross join lateral (
      select greatest($1::timestamptz, (
        select b.received_at from postbacks b
        where b.project_id = r.id and b.received_at >= $1::timestamptz
          and b.signer = 'live' and b.outcome in ('accepted', 'duplicate', 'contradiction')
        order by b.received_at desc, b.id desc limit 1)) as at offset 0
    ) good
    cross join lateral (
      select b.outcome, b.reason, b.reason_field, b.answer_status, b.received_at, b.rechecked_at,
        b.body is not null and b.body_hash is null and (b.request is not null or not r.provider = any($3::text[])) as is_whole
      from postbacks b
      where b.project_id = r.id and b.received_at > good.at
      order by b.received_at desc, b.id desc limit ${MOST_READ}
    ) p
    where ($2::uuid[] is null or r.id = any($2::uuid[])) and p.outcome in ('refused', 'unreadable', 'incomplete')
    group by r.id, r.name, p.outcome, p.reason
    order by max(p.received_at) desc, r.id, p.outcome, p.reason`,
};

export interface RefusedRow {
  readonly projectId: string;
  readonly project: string;
  readonly outcome: 'refused' | 'unreadable' | 'incomplete';
  readonly reason: string | null;
  readonly field: string | null;
  /** One more than `MOST_WAITING` stands for any greater number. */
  readonly count: number;
  readonly since: string;
  readonly at: string;
  /** The secret was entered after all that are stored whole were received or last checked: it may make them acceptable. */
  readonly recheckable: boolean | null;
}

/** By project and reason; gone as soon as something of the provider's is accepted. */
export async function listRefused(access: Access, now: Date, limit: number): Promise<Waiting<RefusedRow>> {
  if (!may(access, 'seePostbacks')) return { rows: [], count: 0, since: null };
  const found = await read<RefusedRow>(
    access,
    REFUSED,
    daysBefore(now, REFUSED_DAYS),
    projectsOf(access),
    SIGNED_IN_HEADERS,
  );
  const rows = found.map((row) => ({ ...row, since: fromPostgres(row.since), at: fromPostgres(row.at) }));
  const since = rows.map((row) => row.since).sort()[0] ?? null;
  return { rows: rows.slice(0, limit), count: Math.min(rows.length, MOST_WAITING + 1), since };
}
