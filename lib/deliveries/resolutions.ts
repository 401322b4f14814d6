import { and, eq } from 'drizzle-orm';
import { origin } from '@/lib/audit/record';
import { identity } from '@/lib/crypto';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { deliveries, deliveryResolutions, staff } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';
import { isResolved } from './conditions';

export const LONGEST_NOTE = 1_000;

async function selectResolution(access: Access, deliveryId: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      note: deliveryResolutions.note,
      by: staff.name,
      at: deliveryResolutions.createdAt,
      /** False: it failed for a further reason since. */
      holds: isResolved,
    })
    .from(deliveryResolutions)
    .innerJoin(deliveries, eq(deliveries.id, deliveryResolutions.deliveryId))
    .innerJoin(staff, eq(staff.id, deliveryResolutions.staffId))
    .where(and(eq(deliveryResolutions.deliveryId, deliveryId), inProjects(access, deliveries.projectId)))
    .limit(1);
}

export type Resolution = Awaited<ReturnType<typeof selectResolution>>[number];

/** What somebody did about the failures of a parcel. */
export async function findResolution(access: Access, deliveryId: string): Promise<Resolution | null> {
  const [row] = await selectResolution(access, deliveryId);
  return row ?? null;
}

/** Names the failures that somebody has in front of them, so that nobody resolves what they have not seen. */
export function seenFailures(reasons: readonly string[]): string {
  return identity(...[...reasons].sort());
}

/** The parcel, its resolution and the audit entry in one statement; of two clicks at once one finds nothing to do. */
const RESOLVE = {
  name: 'waybill_resolve',
  text: `
    with failed as (
      select d.id, d.project_id, d.failure_reasons, i.provider_invoice_id
      from deliveries d join invoices i on i.id = d.invoice_id
      where d.id = $1::uuid and d.status = 'waybill_failed' and d.failure_reasons = $4::text[]
        and ($5::uuid[] is null or d.project_id = any($5::uuid[]))
      for update of d
    ),
    resolved as (
      insert into delivery_resolutions as r (delivery_id, staff_id, failure_reasons, note)
      select id, $2::uuid, failure_reasons, $3::text from failed
      on conflict (delivery_id) do update
        set staff_id = excluded.staff_id, failure_reasons = excluded.failure_reasons, note = excluded.note,
          created_at = now()
        where not excluded.failure_reasons <@ r.failure_reasons
      returning delivery_id
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after, detail)
    select $2::uuid, $6::text, $7::text, f.project_id, 'waybill.resolve', f.provider_invoice_id,
      jsonb_build_object('resolved', false), jsonb_build_object('resolved', true),
      jsonb_build_object('delivery', f.id, 'reasons', to_jsonb(f.failure_reasons))
    from failed f join resolved on resolved.delivery_id = f.id
    returning id::text as id`,
};

const REOPEN = {
  name: 'waybill_reopen',
  text: `
    with reopened as (
      delete from delivery_resolutions r using deliveries d, invoices i
      where r.delivery_id = $1::uuid and d.id = r.delivery_id and i.id = d.invoice_id
        and ($3::uuid[] is null or d.project_id = any($3::uuid[]))
      returning d.id, d.project_id, i.provider_invoice_id
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after, detail)
    select $2::uuid, $4::text, $5::text, project_id, 'waybill.reopen', provider_invoice_id,
      jsonb_build_object('resolved', true), jsonb_build_object('resolved', false), jsonb_build_object('delivery', id)
    from reopened
    returning id::text as id`,
};

function projectsOf(access: Access): readonly string[] | null {
  return access.projects === 'all' ? null : access.projects;
}

async function selectFailures(access: Access, deliveryId: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({ reasons: deliveries.failureReasons, invoiceId: deliveries.invoiceId })
    .from(deliveries)
    .where(and(eq(deliveries.id, deliveryId), inProjects(access, deliveries.projectId)))
    .limit(1);
}

/** `none`: there is no such parcel for this person. */
export type ResolveOutcome = 'resolved' | 'already' | 'changed' | 'none';

/** `seen` is what `seenFailures` said of the failures on the screen. */
export async function resolveFailure(
  access: Access,
  deliveryId: string,
  seen: string,
  note: string,
): Promise<ResolveOutcome> {
  const [failed] = await selectFailures(access, deliveryId);
  if (!failed) return 'none';
  if (seenFailures(failed.reasons) !== seen) return 'changed';
  const database = await getDatabase();
  const parameters = [deliveryId, access.staffId, note, failed.reasons, projectsOf(access), ...origin(access)];
  const written = await database.run(RESOLVE, parameters);
  if (written.length > 0) return 'resolved';
  return (await findResolution(access, deliveryId))?.holds ? 'already' : 'changed';
}

/** False: there is nothing to reopen that this person may see. */
export async function reopenFailure(access: Access, deliveryId: string): Promise<boolean> {
  const database = await getDatabase();
  const written = await database.run(REOPEN, [deliveryId, access.staffId, projectsOf(access), ...origin(access)]);
  return written.length > 0;
}
