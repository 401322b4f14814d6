import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { whereOf } from '@/lib/db/keyset';
import { transactions } from '@/lib/db/schema';
import { isNarrow } from '@/lib/period';
import type { Access } from '@/lib/staff/access';
import { byUnit } from '@/lib/units';
import { matching } from './conditions';
import { MONEY_KINDS } from './queries';
import type { TransactionFilter } from './transaction-list';

/** So many transactions are added up while somebody waits. */
const ADDED_UP = 50_000;
/** And so many where each has to be asked about its invoice. */
const LOOKED_UP = 5_000;

export interface Total {
  /** UAH, USD where the provider gave it, else the coin itself. */
  readonly unit: string | null;
  readonly amount: string;
}

/**
 * Money received by the matching transactions, a line per unit; neither test money nor expected cash. A view adds up
 * a period of at most about a month, or a list that fits one page (`only`): no view waits for a sum over years. Null
 * for anything larger.
 */
export async function sumTransactions(
  access: Access,
  filter: TransactionFilter,
  only: readonly string[] | null = null,
): Promise<readonly Total[] | null> {
  if (only === null && !isNarrow(filter)) return null;
  if (only?.length === 0) return [];
  return sumMoney(access, and(matching(access, filter), only ? inArray(transactions.id, [...only]) : undefined));
}

/** Of these transactions those that are real money and whose invoice is meant; null where they are too many. */
export async function sumMoney(
  access: Access,
  where: SQL | undefined,
  invoice?: SQL,
): Promise<readonly Total[] | null> {
  const { orm } = await databaseFor(access);
  const most = invoice ? LOOKED_UP : ADDED_UP;
  const money = and(where, eq(transactions.isTest, false), inArray(transactions.kind, [...MONEY_KINDS]));
  const { currency, amount, amountUsd } = transactions;
  const isOwn = sql`(${currency} = 'UAH' or ${amountUsd} is null)`;
  const moved = sql`(select case when ${isOwn} then ${currency} else 'USD' end as unit,
    case when ${isOwn} then ${amount} else ${amountUsd} end as amount, ${transactions.invoiceId} as invoice_id, count(*) over () as all_of_them
    from (select * from ${transactions} ${whereOf(money)} limit ${most + 1}) ${transactions}) as moved`;
  const rows = await orm
    .select({
      unit: sql<string | null>`moved.unit`,
      amount: sql<string | null>`sum(moved.amount) filter (where ${invoice ?? sql`true`})`,
      all: sql<number>`max(moved.all_of_them)`.mapWith(Number),
    })
    .from(moved)
    .groupBy(sql`moved.unit`);
  if (rows.some(({ all }) => all > most)) return null;
  const totals = rows.flatMap(({ unit, amount: sum }) => (sum === null ? [] : [{ unit, amount: sum }]));
  return totals.sort((one, other) => byUnit(one.unit, other.unit));
}
