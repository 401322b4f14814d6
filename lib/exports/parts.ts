import { and, type SQL, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { invoices, projects, transactions } from '@/lib/db/schema';
import type { Access } from '@/lib/staff/access';
import { asksForExpected, coin, fileCurrency, isExpected, ofTransactions } from './conditions';
import { mostRows } from './preset-names';
import { toQuery } from './query';
import type { ExportRequest } from './request';

/** What one file of several holds. */
export interface Part {
  readonly unit: string;
  readonly condition: SQL;
  readonly rows: number;
  /** How many files it takes. */
  readonly files: number;
}

/** The money of a file apart by currency; Koinly's by coin. */
export async function partsOf(access: Access, request: ExportRequest): Promise<readonly Part[]> {
  const unit = request.preset === 'koinly' ? coin : fileCurrency;
  const expected = asksForExpected(request) ? undefined : sql`not ${isExpected}`;
  const { text, parameters } = toQuery(sql`
    select ${unit} as unit, count(*)::int as rows from ${transactions}
      join ${invoices} on ${invoices.id} = ${transactions.invoiceId}
      join ${projects} on ${projects.id} = ${transactions.projectId}
    where ${and(ofTransactions(access, request), expected) ?? sql`true`}
    group by 1 order by 1`);
  const database = await databaseFor(access);
  const found = await database.run<{ unit: string; rows: number }>({ name: null, text }, parameters);
  const most = mostRows(request.preset);
  return found.map(({ unit: name, rows }) => ({
    unit: name,
    condition: sql`${unit} = ${name}`,
    rows,
    files: most === null ? 1 : Math.ceil(rows / most),
  }));
}
