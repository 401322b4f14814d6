import { origin } from '@/lib/audit/record';
import { getDatabase } from '@/lib/db/client';
import { forgetProjects } from '@/lib/projects/find';
import type { Access } from '@/lib/staff/access';

/** What an owner can choose from; null: for ever. */
export const KEEP_DAYS = [30, 90, 180, 365, 730, null] as const;
export type KeepDays = (typeof KEEP_DAYS)[number];

/** Strangers send most of them, and a wrong secret is corrected sooner. */
export const REFUSED_BODY_DAYS = 14;
export const REFUSED_DAYS = [3, 7, 14, 30, 90] as const;
export type RefusedDays = (typeof REFUSED_DAYS)[number];

export interface DataSettings {
  readonly rawBodyDays: number | null;
  readonly refusedBodyDays: number;
  readonly namesSearchable: boolean;
  /** Paths of its metadata that every role sees. */
  readonly plainMetadata: readonly string[];
}

const READ = {
  name: 'retention_settings',
  text: `select raw_body_days, refused_body_days, names_searchable, array_to_json(plain_metadata)::text as plain_metadata
    from projects where id = $1::uuid`,
};

interface Row {
  readonly raw_body_days: number | null;
  readonly refused_body_days: number;
  readonly names_searchable: boolean;
  /** JSON. */
  readonly plain_metadata: string;
}

/** The caller has found that this project is theirs to see. */
export async function readDataSettings(projectId: string): Promise<DataSettings> {
  const database = await getDatabase();
  const [row] = await database.run<Row>(READ, [projectId]);
  return {
    rawBodyDays: row?.raw_body_days ?? null,
    refusedBodyDays: row?.refused_body_days ?? REFUSED_BODY_DAYS,
    namesSearchable: row?.names_searchable ?? true,
    plainMetadata: row ? (JSON.parse(row.plain_metadata) as string[]) : [],
  };
}

const KEEP = {
  name: 'retention_keep',
  text: `
    with before as (select id, name, raw_body_days as days from projects where id = $1::uuid for no key update),
    changed as (
      update projects p set raw_body_days = $2::int, bodies_gone_before = null from before where p.id = before.id
      returning p.id, before.name, before.days
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
    select $3::uuid, $4::text, $5::text, id, 'retention.change', name, jsonb_build_object('days', days),
      jsonb_build_object('days', $2::int)
    from changed`,
};

/** How long raw bodies of a project are kept from now on. */
export async function keepBodies(access: Access, projectId: string, days: KeepDays): Promise<void> {
  const database = await getDatabase();
  await database.run(KEEP, [projectId, days, access.staffId, ...origin(access)]);
}

const KEEP_REFUSED = {
  name: 'retention_keep_refused',
  text: `
    with before as (select id, name, refused_body_days as days from projects where id = $1::uuid for no key update),
    changed as (
      update projects p set refused_body_days = $2::int from before
      where p.id = before.id and p.refused_body_days <> $2::int
      returning p.id, before.name, before.days
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
    select $3::uuid, $4::text, $5::text, id, 'retention.change', name, jsonb_build_object('refused_days', days),
      jsonb_build_object('refused_days', $2::int)
    from changed`,
};

/** How long bodies of refused and unreadable postbacks of a project are kept from now on. */
export async function keepRefusedBodies(access: Access, projectId: string, days: RefusedDays): Promise<void> {
  const database = await getDatabase();
  await database.run(KEEP_REFUSED, [projectId, days, access.staffId, ...origin(access)]);
}

const NAMES = {
  name: 'retention_names',
  text: `
    with changed as (
      update projects set names_searchable = $2::boolean where id = $1::uuid and names_searchable <> $2::boolean
      returning id, name
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
    select $3::uuid, $4::text, $5::text, id, 'names.searchable', name, jsonb_build_object('names_searchable', not $2::boolean),
      jsonb_build_object('names_searchable', $2::boolean)
    from changed`,
};

/** Counts for what comes from now on; `hideNames` and `findNames` bring what is there in line. */
export async function setNamesSearchable(access: Access, projectId: string, searchable: boolean): Promise<void> {
  const database = await getDatabase();
  await database.run(NAMES, [projectId, searchable, access.staffId, ...origin(access)]);
  forgetProjects();
}
