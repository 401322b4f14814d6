import { withoutContactsInId } from '@/lib/contacts';
import type { Access } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { type Counted, MOST_WAITING, toWaiting, type Waiting } from './queue';
import { projectsOf, read } from './read';

/** Failed and resolved by nobody, as `needsPerson` of `lib/deliveries` has it. $1 projects, $2 rows. */
const WAYBILLS = {
  name: 'overview_waybills',
  text: `with waiting as materialized (
      select d.id, d.updated_at
      from deliveries d
      where d.status = 'waybill_failed' and ($1::uuid[] is null or d.project_id = any($1::uuid[]))
        and not exists (select 1 from delivery_resolutions v
          where v.delivery_id = d.id and d.failure_reasons <@ v.failure_reasons)
      order by d.updated_at, d.id limit ${MOST_WAITING + 1}
    )
    select d.id::text as id, d.invoice_id::text as "invoiceId", i.order_id as "orderId", i.provider_invoice_id as "providerInvoiceId",
      i.is_test as "isTest", d.failure_reasons as reasons, r.name as project, w.updated_at::text as at,
      (select count(*)::int from waiting) as total, (select min(updated_at)::text from waiting) as first
    from (select * from waiting order by updated_at, id limit $2::int) w
    join deliveries d on d.id = w.id
    join invoices i on i.id = d.invoice_id
    join projects r on r.id = d.project_id
    order by w.updated_at, w.id`,
};

export interface WaitingWaybill {
  readonly id: string;
  readonly invoiceId: string;
  readonly orderId: string | null;
  readonly providerInvoiceId: string;
  readonly isTest: boolean;
  readonly reasons: readonly string[];
  readonly project: string;
  readonly at: string;
}

/** Parcels that cannot leave, who waited longest first. */
export async function listWaitingWaybills(access: Access, limit: number): Promise<Waiting<WaitingWaybill>> {
  const found = await read<WaitingWaybill & Counted>(access, WAYBILLS, projectsOf(access), limit);
  return toWaiting(found, ({ total: _total, first: _first, ...row }) => ({
    ...row,
    orderId: row.orderId && withoutContactsInId(row.orderId),
    at: fromPostgres(row.at),
  }));
}
