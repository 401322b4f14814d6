import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { withoutContactsInId } from '@/lib/contacts';

/** An order's number for pages, where nobody sees a phone or an e-mail address that a shop made a part of it. */
export function shownOrder(column: SQLWrapper): SQL<string | null> {
  return sql<string | null>`${column}`.mapWith((order: string) => withoutContactsInId(order));
}
