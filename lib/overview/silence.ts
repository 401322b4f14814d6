import { listArrivals } from '@/lib/projects/arrivals';
import { HABIT_WEEKS, judgeSilence } from '@/lib/projects/silence';
import { type Access, may } from '@/lib/staff/access';
import { fromPostgres, toInstant } from '@/lib/time';
import { daysBefore, MOST_WAITING, type Waiting } from './queue';
import { projectsOf, read } from './read';
import { type Ages, staleWhileRevalidate } from './stale-while-revalidate';

/** Nobody is told of a shorter silence, so a project that sold within it needs no further look. */
const SHORTEST_MS = 3_600_000;
/** Five weeks of habits change slowly; what came last is asked for each time. */
const AGES: Ages = { fresh: 10 * 60_000, stale: 6 * SHORTEST_MS };

/** The latest of each project that its provider signed, if it is among the last thousand. $1 since, $2 projects. */
const LAST = {
  name: 'overview_last_arrivals',
  text: `select r.id::text as "projectId", r.name as project, max(b.received_at)::text as at
    from projects r
    cross join lateral (
      select received_at, signer from postbacks
      where project_id = r.id and received_at >= $1::timestamptz
      order by received_at desc, id desc limit 1000
    ) b
    where b.signer = 'live' and r.archived_at is null and ($2::uuid[] is null or r.id = any($2::uuid[]))
    group by r.id, r.name`,
};

interface Last {
  readonly projectId: string;
  readonly project: string;
  readonly at: string;
}

export interface SilentRow {
  readonly projectId: string;
  readonly project: string;
  /** When the last one came. */
  readonly at: string;
  /** How long a silence would be usual now, in milliseconds. */
  readonly allowed: number;
}

/** Projects of which nothing came for longer than is usual for them, who is silent longest first. */
export async function listSilent(access: Access, now: Date, limit: number): Promise<Waiting<SilentRow>> {
  if (!may(access, 'seePostbacks')) return { rows: [], count: 0, since: null };
  const last = await read<Last>(access, LAST, daysBefore(now, (HABIT_WEEKS + 1) * 7), projectsOf(access));
  const quiet = last
    .map((row) => ({ ...row, at: fromPostgres(row.at) }))
    .filter(({ at }) => now.getTime() - Date.parse(at) > SHORTEST_MS);
  const judged = await Promise.all(quiet.map((row) => judge(access, row, now)));
  const rows = judged.flatMap((row) => row ?? []).sort((a, b) => a.at.localeCompare(b.at));
  return { rows: rows.slice(0, limit), count: Math.min(rows.length, MOST_WAITING + 1), since: rows[0]?.at ?? null };
}

async function judge(access: Access, { projectId, project, at }: Last, now: Date): Promise<SilentRow | null> {
  const load = async (): Promise<readonly Date[]> => (await listArrivals(access, now, projectId)).get(projectId) ?? [];
  const known = await staleWhileRevalidate(`arrivals ${projectId}`, AGES, load, now.getTime());
  const silence = judgeSilence([...known, new Date(at)], now);
  if (silence.state !== 'unusual') return null;
  return { projectId, project, at: toInstant(silence.since), allowed: silence.allowed };
}
