import { type SQL, sql } from 'drizzle-orm';
import { invoices } from '@/lib/db/schema';

/** So many are looked at, as long as it takes to read an index. What many invoices have is found among them. */
const LOOKED_AT = 500;

/** The newest invoices, with their words. */
export const NEWEST: SQL = sql`(select id, search from ${invoices}
  order by ${invoices.createdAt} desc, ${invoices.id} desc limit ${sql.raw(String(LOOKED_AT))})`;
