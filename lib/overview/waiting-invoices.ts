import { withoutContactsInId } from '@/lib/contacts';
import { type Concern, concernsOf } from '@/lib/invoices/attention';
import { readState } from '@/lib/invoices/believed';
import { situationOf } from '@/lib/invoices/detail';
import { isDone } from '@/lib/invoices/done-marks';
import type { Access } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { type Counted, daysBefore, MOST_WAITING, toWaiting, type Waiting } from './queue';
import { projectsOf, read } from './read';

// Money that a person has to look after, until somebody marks the invoice as done.

const MONEY_DAYS = 30;
/** A hold is held for 29 days. It is told of in its last seven, and for two weeks after it should have lapsed. */
const HELD_AT_LEAST = 22;
const HOLD_DAYS = 29;
const HELD_AT_MOST = 43;
/** A session may be made some time before its money is held. */
const SESSION_DAYS = 16;

const COLUMNS = `i.id::text as id, i.provider_invoice_id as "providerInvoiceId", i.order_id as "orderId", i.status,
      i.amount, i.currency, i.version, i.attention, i.is_test as "isTest", i.state, r.name as project, w.at::text as at,
      (select count(*)::int from waiting) as total, (select min(at)::text from waiting) as first
    from (select * from waiting order by place limit $4::int) w
    join invoices i on i.id = w.id
    join projects r on r.id = i.project_id
    order by w.place`;

const NOT_DONE = `not ${isDone()}`;
const WITHIN = `($3::uuid[] is null or i.project_id = any($3::uuid[]))`;
const NEWEST = `row_number() over (order by i.created_at desc, i.id desc) as place`;

/** $1 status, $2 since, $3 projects, $4 rows. */
const BY_STATUS = {
  name: 'overview_by_status',
  text: `with waiting as materialized (
      select i.id, i.updated_at as at, ${NEWEST}
      from invoices i
      where i.status = $1::text and i.created_at >= $2::timestamptz and not i.is_test and ${WITHIN} and ${NOT_DONE}
      order by i.created_at desc, i.id desc limit ${MOST_WAITING + 1}
    ) select ${COLUMNS}`,
};

/** $1 is not asked of: every statement here takes the same four. */
const CHECK = {
  name: 'overview_check',
  text: `with waiting as materialized (
      select i.id, i.updated_at as at, ${NEWEST}
      from invoices i
      where $1::text is null and cardinality(i.attention) > 0 and i.created_at >= $2::timestamptz and ${WITHIN}
        and ${NOT_DONE}
      order by i.created_at desc, i.id desc limit ${MOST_WAITING + 1}
    ) select ${COLUMNS}`,
};

const LAPSES_AT = `h.at + interval '${HOLD_DAYS} days'`;
/** What may still be saved comes before what has probably lapsed. */
const LAPSED = `(h.at < $1::timestamptz - interval '${HOLD_DAYS} days')`;

/**
 * When the hold was first said stands in the state. That it lapsed is news: a mark from before does not cover it.
 *  $1 now, $2 the earliest session, $3 projects, $4 rows.
 */
const HOLDS = {
  name: 'overview_holds',
  text: `with waiting as materialized (
      select i.id, h.at, row_number() over (order by ${LAPSED}, h.at, i.id) as place
      from invoices i
      cross join lateral (
        select coalesce(min((x.payment #>> '{stages,on_hold,receivedAt}')::timestamptz), i.created_at) as at
        from json_array_elements(i.state -> 'payments') as x(payment) offset 0
      ) h
      where i.status = 'on_hold' and i.created_at >= $2::timestamptz and not i.is_test and ${WITHIN}
        and i.created_at <= $1::timestamptz - interval '${HELD_AT_LEAST} days'
        and h.at between $1::timestamptz - interval '${HELD_AT_MOST} days'
          and $1::timestamptz - interval '${HELD_AT_LEAST} days'
        and not case when ${LAPSED} then ${isDone(LAPSES_AT)} else ${isDone()} end
      order by ${LAPSED}, h.at, i.id limit ${MOST_WAITING + 1}
    ) select ${COLUMNS}`,
};

interface Found extends Counted {
  readonly id: string;
  readonly providerInvoiceId: string;
  readonly orderId: string | null;
  readonly status: string;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly attention: readonly string[];
  readonly isTest: boolean;
  /** The version of the invoice that is shown. */
  readonly version: number;
  readonly state: unknown;
  readonly project: string;
  readonly at: string;
}

export interface WaitingInvoice extends Omit<Found, keyof Counted | 'state'> {
  /** What its state says of the money. */
  readonly concern: Concern | null;
}

export type InvoiceKind = 'partial' | 'overpaid' | 'hold' | 'check';

/** Invoices of one kind: the newest first, holds by the time that is left. */
export async function listWaitingInvoices(
  access: Access,
  kind: InvoiceKind,
  now: Date,
  limit: number,
): Promise<Waiting<WaitingInvoice>> {
  const within = projectsOf(access);
  const since = daysBefore(now, kind === 'hold' ? HELD_AT_MOST + SESSION_DAYS : MONEY_DAYS);
  const found = await (kind === 'hold'
    ? read<Found>(access, HOLDS, now.toISOString(), since, within, limit)
    : kind === 'check'
      ? read<Found>(access, CHECK, null, since, within, limit)
      : read<Found>(access, BY_STATUS, kind, since, within, limit));
  return toWaiting(found, (row) => toRow(row, now));
}

function toRow({ total: _total, first: _first, state, ...row }: Found, now: Date): WaitingInvoice {
  const situation = situationOf({ invoice: row, believed: readState(state), delivery: null });
  const orderId = row.orderId && withoutContactsInId(row.orderId);
  return { ...row, orderId, at: fromPostgres(row.at), concern: concernsOf(situation, now)[0] ?? null };
}
