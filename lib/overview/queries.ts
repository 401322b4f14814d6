import { getDatabase, type Parameter } from '@/lib/db/client';
import { type Access, may } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';

/** Null for everybody's projects; the statements read it as such. */
function projectsOf(access: Access): readonly string[] | null {
  return access.projects === 'all' ? null : access.projects;
}

export type MoneyClass = 'received' | 'expected' | 'test';

export interface MoneyPart {
  /** 0 for the time from the first edge to the second, and so on; the last has no end. */
  readonly part: number;
  readonly money: MoneyClass;
  /** UAH, USD where the provider gave it, else the coin itself. */
  readonly unit: string | null;
  readonly amount: string;
  readonly count: number;
}

/** Days come as instants, so that the zone is applied by us and daylight saving days have their true length. */
const MONEY = {
  name: 'overview_money',
  text: `with moved as (
      select width_bucket(t.occurred_at, $1::timestamptz[]) - 1 as part,
        case when t.is_test then 'test' when t.kind = 'expected' then 'expected' else 'received' end as money,
        case when t.currency = 'UAH' or t.amount_usd is null then t.currency else 'USD' end as unit,
        case when t.currency = 'UAH' or t.amount_usd is null then t.amount else t.amount_usd end as value,
        t.kind
      from transactions t
      where t.occurred_at >= ($1::timestamptz[])[1]
        and ($2::uuid[] is null or t.project_id = any($2::uuid[]))
    )
    select part, money, unit, sum(value)::text as amount, (count(*) filter (where kind <> 'refund'))::int as count
    from moved group by part, money, unit order by part, unit`,
};

const CREATED = {
  name: 'overview_created',
  text: `select width_bucket(i.created_at, $1::timestamptz[]) - 1 as part, i.is_test, count(*)::int as count
    from invoices i
    where i.created_at >= ($1::timestamptz[])[1]
      and ($2::uuid[] is null or i.project_id = any($2::uuid[]))
    group by 1, 2 order by 1`,
};

const OUTCOMES_SINCE = {
  name: 'overview_outcomes',
  text: `select width_bucket(p.received_at, $1::timestamptz[]) - 1 as part, p.outcome, count(*)::int as count
    from postbacks p
    where p.received_at >= ($1::timestamptz[])[1]
      and ($2::uuid[] is null or p.project_id = any($2::uuid[]))
    group by 1, 2 order by 1`,
};

const ATTENTION = {
  name: 'overview_attention',
  text: `select i.id::text as id, i.provider_invoice_id as "providerInvoiceId", i.order_id as "orderId", i.attention,
      i.is_test as "isTest", i.updated_at::text as "updatedAt"
    from invoices i
    where cardinality(i.attention) > 0 and i.created_at >= $1::timestamptz
      and ($2::uuid[] is null or i.project_id = any($2::uuid[]))
    order by i.updated_at desc, i.id limit 5`,
};

const REFUSED = {
  name: 'overview_refused',
  text: `select p.project_id::text as "projectId", r.name as project, p.outcome, p.reason,
      min(p.reason_field) as field, count(*)::int as count, max(p.received_at)::text as "lastAt"
    from postbacks p join projects r on r.id = p.project_id
    where p.outcome in ('refused', 'unreadable', 'incomplete') and p.received_at >= $1::timestamptz
      and ($2::uuid[] is null or p.project_id = any($2::uuid[]))
    group by p.project_id, r.name, p.outcome, p.reason order by count desc, max(p.received_at) desc limit 5`,
};

const STARTED = {
  name: 'overview_started',
  text: `select exists(select 1 from postbacks p where $1::uuid[] is null or p.project_id = any($1::uuid[])) as started`,
};

function edgesOf(edges: readonly Date[]): readonly string[] {
  return edges.map((edge) => edge.toISOString());
}

async function read<Row>(statement: { name: string; text: string }, ...parameters: Parameter[]): Promise<Row[]> {
  const database = await getDatabase();
  return database.run<Row>(statement, parameters);
}

/** Money between the edges, told apart by unit, and test and expected money from what was received. */
export function sumMoney(access: Access, edges: readonly Date[]): Promise<readonly MoneyPart[]> {
  return read<MoneyPart>(MONEY, edgesOf(edges), projectsOf(access));
}

export interface CreatedPart {
  readonly part: number;
  readonly is_test: boolean;
  readonly count: number;
}

/** How many invoices were made between the edges. */
export function countCreated(access: Access, edges: readonly Date[]): Promise<readonly CreatedPart[]> {
  return read<CreatedPart>(CREATED, edgesOf(edges), projectsOf(access));
}

export interface OutcomePart {
  readonly part: number;
  readonly outcome: string;
  readonly count: number;
}

/** How postbacks ended between the edges; nothing for those who may not see them. */
export async function countOutcomesSince(access: Access, edges: readonly Date[]): Promise<readonly OutcomePart[]> {
  if (!may(access, 'seePostbacks')) return [];
  return read<OutcomePart>(OUTCOMES_SINCE, edgesOf(edges), projectsOf(access));
}

export interface AttentionRow {
  readonly id: string;
  readonly providerInvoiceId: string;
  readonly orderId: string | null;
  readonly attention: readonly string[];
  readonly isTest: boolean;
  readonly updatedAt: string;
}

/** Invoices at which a person should look, the latest first. */
export async function listAttention(access: Access, since: Date): Promise<readonly AttentionRow[]> {
  const rows = await read<AttentionRow>(ATTENTION, since.toISOString(), projectsOf(access));
  return rows.map((row) => ({ ...row, updatedAt: fromPostgres(row.updatedAt) }));
}

export interface RefusedRow {
  readonly projectId: string;
  readonly project: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly field: string | null;
  readonly count: number;
  readonly lastAt: string;
}

/** What was not accepted since a moment, by project and reason. */
export async function listRefused(access: Access, since: Date): Promise<readonly RefusedRow[]> {
  if (!may(access, 'seePostbacks')) return [];
  const rows = await read<RefusedRow>(REFUSED, since.toISOString(), projectsOf(access));
  return rows.map((row) => ({ ...row, lastAt: fromPostgres(row.lastAt) }));
}

/** Whether any postback has ever come. */
export async function hasPostbacks(access: Access): Promise<boolean> {
  const [row] = await read<{ started: boolean }>(STARTED, projectsOf(access));
  return row?.started === true;
}
