import { type SQL, sql } from 'drizzle-orm';
import { invoices } from '@/lib/db/schema';
import { type Access, may } from '@/lib/staff/access';
import { queryForList } from './query';

/** That `invoiceId` is one of the invoices which the text finds; nothing for no text. */
export function isFoundBy(
  access: Access,
  text: string,
  invoiceId: SQL.Aliased | SQL | { getSQL(): SQL },
): SQL | undefined {
  if (text.trim() === '') return undefined;
  const query = queryForList(text, { people: may(access, 'seePeople') });
  if (query === null) return sql`false`;
  // The hits by themselves: else the planner may walk all rows in the order of the list to filter them.
  return sql`${invoiceId} in (select hit.id from ${invoices} as hit where hit.search @@ ${query}::tsquery offset 0)`;
}
