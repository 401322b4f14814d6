import { databaseFor } from '@/lib/db/client';
import type { Access } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { HABIT_WEEKS } from './silence';

/**
 * The first and the last that the provider signed in each half hour: all that a silence of an hour or more can be told
 * by. Two looks into an index for each half hour, so it costs the same however much came.
 */
const ARRIVALS = {
  name: 'project_arrivals',
  text: `select p.id::text as project, edge.at::text as at
    from projects p
    cross join generate_series($1::timestamptz - make_interval(weeks => $2::int), $1::timestamptz, interval '30 minutes') as slot(begins)
    cross join lateral (
      (select b.received_at as at from postbacks b
        where b.project_id = p.id and b.signer = 'live'
          and b.received_at >= slot.begins and b.received_at < slot.begins + interval '30 minutes'
        order by b.received_at, b.id limit 1)
      union
      (select b.received_at from postbacks b
        where b.project_id = p.id and b.signer = 'live'
          and b.received_at >= slot.begins and b.received_at < slot.begins + interval '30 minutes'
        order by b.received_at desc, b.id desc limit 1)
    ) as edge
    where ($3::uuid[] is null or p.id = any($3::uuid[])) and ($4::uuid is null or p.id = $4::uuid)`,
};

/** When something came to each project, as `judgeSilence` takes it; of one project, or of all that this person may see. */
export async function listArrivals(
  access: Access,
  now: Date,
  projectId: string | null = null,
): Promise<ReadonlyMap<string, readonly Date[]>> {
  const database = await databaseFor(access);
  const own = access.projects === 'all' ? null : access.projects;
  const rows = await database.run<{ project: string; at: string }>(ARRIVALS, [
    now.toISOString(),
    HABIT_WEEKS + 1,
    own,
    projectId,
  ]);
  const arrivals = new Map<string, Date[]>();
  for (const { project, at } of rows) {
    const known = arrivals.get(project);
    if (known) known.push(new Date(fromPostgres(at)));
    else arrivals.set(project, [new Date(fromPostgres(at))]);
  }
  return arrivals;
}
