import { add } from '@/lib/money';
import { type Access, may, maySeeProject } from '@/lib/staff/access';
import { type Edges, readParts } from './parts';

export type MoneyClass = 'received' | 'expected' | 'test';

interface Part {
  /** 0 for the time from the first edge to the second, and so on; the last ends where all do. */
  readonly part: number;
}

export interface MoneyPart extends Part {
  readonly money: MoneyClass;
  /** UAH, USD where the provider gave it, else the coin itself. */
  readonly unit: string | null;
  readonly amount: string;
  readonly count: number;
}

export interface CreatedPart extends Part {
  readonly isTest: boolean;
  readonly count: number;
}

export interface OutcomePart extends Part {
  readonly outcome: string;
  readonly count: number;
}

type OfProject<Row> = Row & { readonly project: string };

// $1 the instants at which parts begin, $2 where the last one ends, $3 projects. Parts come as instants,
// so that the zone is applied by us and days of daylight saving have their true length.

const MONEY = {
  name: 'overview_money',
  text: `with moved as (
      select width_bucket(t.occurred_at, $1::timestamptz[]) - 1 as part, t.project_id as project,
        case when t.is_test then 'test' when t.kind = 'expected' then 'expected' else 'received' end as money,
        case when t.currency = 'UAH' or t.amount_usd is null then t.currency else 'USD' end as unit,
        case when t.currency = 'UAH' or t.amount_usd is null then t.amount else t.amount_usd end as value,
        t.kind
      from transactions t
      where t.occurred_at >= ($1::timestamptz[])[1] and t.occurred_at < $2::timestamptz
        and ($3::uuid[] is null or t.project_id = any($3::uuid[]))
    )
    select part, project::text as project, money, unit, sum(value)::text as amount,
      (count(*) filter (where kind <> 'refund'))::int as count
    from moved group by part, project, money, unit`,
};

const CREATED = {
  name: 'overview_created',
  text: `select width_bucket(i.created_at, $1::timestamptz[]) - 1 as part, i.project_id::text as project,
      i.is_test as "isTest", count(*)::int as count
    from invoices i
    where i.created_at >= ($1::timestamptz[])[1] and i.created_at < $2::timestamptz
      and ($3::uuid[] is null or i.project_id = any($3::uuid[]))
    group by 1, 2, 3`,
};

const OUTCOMES = {
  name: 'overview_outcomes',
  text: `select width_bucket(p.received_at, $1::timestamptz[]) - 1 as part, p.project_id::text as project, p.outcome,
      count(*)::int as count
    from postbacks p
    where p.received_at >= ($1::timestamptz[])[1] and p.received_at < $2::timestamptz
      and ($3::uuid[] is null or p.project_id = any($3::uuid[]))
    group by 1, 2, 3`,
};

/** Money between the edges, told apart by unit, and test and expected money from what was received. */
export async function sumMoney(access: Access, edges: Edges): Promise<readonly MoneyPart[]> {
  const rows = await readParts<OfProject<MoneyPart>>(MONEY, access, edges);
  return together(access, rows, ({ part, money, unit }) => [part, money, unit], plusMoney);
}

function plusMoney(one: MoneyPart, other: MoneyPart): MoneyPart {
  return { ...one, amount: add(one.amount, other.amount), count: one.count + other.count };
}

function plus<Row extends { readonly count: number }>(one: Row, other: Row): Row {
  return { ...one, count: one.count + other.count };
}

/** How many invoices were made between the edges. */
export async function countCreated(access: Access, edges: Edges): Promise<readonly CreatedPart[]> {
  const rows = await readParts<OfProject<CreatedPart>>(CREATED, access, edges);
  return together(access, rows, ({ part, isTest }) => [part, isTest], plus);
}

/** How postbacks ended between the edges; nothing for those who may not see them. */
export async function countOutcomes(access: Access, edges: Edges): Promise<readonly OutcomePart[]> {
  if (!may(access, 'seePostbacks')) return [];
  const rows = await readParts<OfProject<OutcomePart>>(OUTCOMES, access, edges);
  return together(access, rows, ({ part, outcome }) => [part, outcome], plus);
}

/** Of the projects this person may see, added up; whose they were is left out. */
function together<Row extends object>(
  access: Access,
  rows: readonly OfProject<Row>[],
  keyOf: (row: Row) => readonly unknown[],
  sum: (one: Row, other: Row) => Row,
): readonly Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    if (!maySeeProject(access, row.project)) continue;
    const key = JSON.stringify(keyOf(row));
    const known = sums.get(key);
    sums.set(key, known ? sum(known, row) : row);
  }
  return [...sums.values()];
}
