import { origin } from '@/lib/audit/record';
import { getDatabase } from '@/lib/db/client';
import { type Access, may } from './access';

/** The change and its audit entry, or neither; the zone that it already is changes nothing. */
const SET = {
  name: 'set_time_zone',
  text: `
    with before as (select time_zone from settings where id = 1),
    changed as (
      insert into settings (id, time_zone) values (1, $1::text)
      on conflict (id) do update set time_zone = excluded.time_zone where settings.time_zone <> excluded.time_zone
      returning time_zone
    )
    insert into audit_log (staff_id, address, request_id, action, before, after)
    select $2::uuid, $3::text, $4::text, 'settings.time_zone',
      jsonb_build_object('time_zone', (select time_zone from before)), jsonb_build_object('time_zone', time_zone)
    from changed
    returning id`,
};

/** In which zone the deployment's days begin, for every member from the next page on. False: nothing was changed. */
export async function setTimeZone(access: Access, zone: string): Promise<boolean> {
  if (!may(access, 'changeSettings')) return false;
  const database = await getDatabase();
  return (await database.run(SET, [zone, access.staffId, ...origin(access)])).length > 0;
}
