import type { Access } from '@/lib/staff/access';
import { projectsOf, read } from './read';

const STARTED = {
  name: 'overview_started',
  text: `select exists(
      select 1 from projects r cross join lateral (select 1 from postbacks p where p.project_id = r.id limit 1) p
      where $1::uuid[] is null or r.id = any($1::uuid[])
    ) as started`,
};

/** Whether any postback has ever come. */
export async function hasPostbacks(access: Access): Promise<boolean> {
  const [row] = await read<{ started: boolean }>(access, STARTED, projectsOf(access));
  return row?.started === true;
}
