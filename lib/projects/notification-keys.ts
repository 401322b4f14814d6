import { origin } from '@/lib/audit/record';
import { randomKey } from '@/lib/crypto';
import { isUuid } from '@/lib/cursor';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { type Access, may } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { notificationPath } from './create';
import { forgetProjects, keyHint } from './find';

/** For how many hours the old URL goes on. NovaPay keeps the URL of a session for as long as a hold or a parcel takes. */
export const KEEP_URL_HOURS = [0, 24, 168, 720, 2160] as const;
export type KeepUrlHours = (typeof KEEP_URL_HOURS)[number];

/**
 * $2 the key that was on the screen: pressing the button twice issues one URL. The old one gets its end in the statement
 * that makes the new one, so at no moment does neither take postbacks.
 */
const ISSUE = {
  name: 'issue_notification_url',
  text: `
    with present as (
      select id, key from projects where id = $1::uuid and key = $2::text for update
    ),
    former as (
      insert into former_notification_keys (project_id, key, ends_at)
      select id, key, now() + make_interval(hours => $4::int) from present
    ),
    issued as (
      update projects p set key = $3::text from present where p.id = present.id returning p.id
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
    select $5::uuid, $6::text, $7::text, id, 'url.issue', $9::text, jsonb_build_object('hint', $8::text),
      jsonb_build_object('hint', $9::text, 'keep_hours', $4::int)
    from issued
    returning project_id::text as id`,
};

/** False: the URL that was on the screen is not the present one, or there is no such project. */
export async function issueNotificationUrl(
  access: Access,
  projectId: string,
  presentKey: string,
  keepHours: KeepUrlHours,
): Promise<boolean> {
  if (!may(access, 'manageProjects')) return false;
  const key = randomKey();
  const database = await getDatabase();
  const hints = [keyHint(presentKey), keyHint(key)];
  const parameters = [projectId, presentKey, key, keepHours, access.staffId, ...origin(access), ...hints];
  const rows = await database.run(ISSUE, parameters);
  forgetProjects();
  return rows.length > 0;
}

const END = {
  name: 'end_notification_url',
  text: `
    with ended as (
      update former_notification_keys set ends_at = now()
      where id = $2::uuid and project_id = $1::uuid and ends_at > now() returning project_id, key
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object)
    select $3::uuid, $4::text, $5::text, project_id, 'url.end', '…' || right(key, 4) from ended
    returning project_id::text as id`,
};

/** Ends an old URL before its time. False: there was none to end. */
export async function endFormerUrl(access: Access, projectId: string, id: string): Promise<boolean> {
  if (!may(access, 'manageProjects') || !isUuid(id)) return false;
  const database = await getDatabase();
  const rows = await database.run(END, [projectId, id, access.staffId, ...origin(access)]);
  forgetProjects();
  return rows.length > 0;
}

/** $1 project. What came to an old URL says so in its flags; the latest thousand postbacks are looked through. */
const FORMER = {
  name: 'former_notification_urls',
  text: `
    with used as (
      select f.flag ->> 'field' as hint, max(b.received_at) as at
      from (
        select received_at, flags from postbacks where project_id = $1::uuid
        order by received_at desc, id desc limit 1000
      ) b
      cross join lateral json_array_elements(b.flags) as f(flag)
      where f.flag ->> 'code' = 'old_url'
      group by 1
    )
    select k.id::text as id, k.key, k.ends_at::text as ends_at, k.ends_at <= now() as ended, used.at::text as used_at
    from former_notification_keys k left join used on used.hint = '…' || right(k.key, 4)
    where k.project_id = $1::uuid and k.ends_at > now() - interval '30 days'
    order by k.ends_at desc, k.id`,
};

interface Row {
  readonly id: string;
  readonly key: string;
  readonly ends_at: string;
  readonly ended: boolean;
  readonly used_at: string | null;
}

/** A URL that was replaced, until a month after its end. */
export interface FormerUrl {
  readonly id: string;
  readonly path: string;
  readonly endsAt: string;
  readonly ended: boolean;
  /** When an authentic postback last came to it, among the project's latest thousand postbacks. */
  readonly usedAt: string | null;
}

/** The caller has found that this project is theirs to see. */
export async function listFormerUrls(access: Access, projectId: string): Promise<readonly FormerUrl[]> {
  const database = await databaseFor(access);
  const rows = await database.run<Row>(FORMER, [projectId]);
  return rows.map(({ id, key, ends_at, ended, used_at }) => ({
    id,
    path: notificationPath(key),
    endsAt: fromPostgres(ends_at),
    ended,
    usedAt: used_at === null ? null : fromPostgres(used_at),
  }));
}
