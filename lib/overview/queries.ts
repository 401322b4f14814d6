import type { Access } from '@/lib/staff/access';
import { projectsOf, read } from './read';

const STARTED = {
  name: 'overview_started',
  text: `select bool_or(real.found) as real, bool_or(test.found) as test
    from projects r
    cross join lateral (select exists(
      select 1 from postbacks p where p.project_id = r.id and p.signer is distinct from 'test') as found) real
    cross join lateral (select exists(
      select 1 from postbacks p where p.project_id = r.id and p.signer = 'test') as found) test
    where $1::uuid[] is null or r.id = any($1::uuid[])`,
};

/** What has ever come: `real` is anything but a test postback, refused ones included. */
export interface Started {
  readonly real: boolean;
  readonly test: boolean;
}

export async function readStarted(access: Access): Promise<Started> {
  const [row] = await read<{ real: boolean | null; test: boolean | null }>(access, STARTED, projectsOf(access));
  return { real: row?.real === true, test: row?.test === true };
}
