import { origin } from '@/lib/audit/record';
import { getDatabase } from '@/lib/db/client';
import type { Access } from '@/lib/staff/access';

/** Paths of a project's `metadata` whose values name nobody, so that every role may see them. Its owners know which. */

export const MAX_PATHS = 50;
const PATH = /^[^\s.]{1,64}(?:\.[^\s.]{1,64}){0,7}$/;

export type PathsRead =
  | { readonly ok: true; readonly paths: readonly string[] }
  | { readonly ok: false; readonly problem: 'path' | 'many'; readonly value: string };

/** A path a line or between commas, with or without `metadata.` in front. */
export function readPaths(text: string): PathsRead {
  const entered = text
    .split(/[\n,]/)
    .map((line) => line.trim().replace(/^metadata\./, ''))
    .filter(Boolean);
  const bad = entered.find((path) => !PATH.test(path));
  if (bad !== undefined) return { ok: false, problem: 'path', value: bad.slice(0, 80) };
  const paths = [...new Set(entered)];
  if (paths.length > MAX_PATHS) return { ok: false, problem: 'many', value: String(paths.length) };
  return { ok: true, paths };
}

const SET = {
  name: 'plain_metadata_set',
  text: `
    with before as (select id, name, plain_metadata as paths from projects where id = $1::uuid for no key update),
    wanted as (select array(select json_array_elements_text($2::json)) as paths),
    changed as (
      update projects p set plain_metadata = wanted.paths from before, wanted
      where p.id = before.id and before.paths <> wanted.paths
      returning p.id, before.name, before.paths
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
    select $3::uuid, $4::text, $5::text, id, 'project.plain_metadata', name, jsonb_build_object('paths', changed.paths),
      jsonb_build_object('paths', wanted.paths)
    from changed, wanted`,
};

export async function setPlainMetadata(access: Access, projectId: string, paths: readonly string[]): Promise<void> {
  const database = await getDatabase();
  await database.run(SET, [projectId, JSON.stringify(paths), access.staffId, ...origin(access)]);
}
