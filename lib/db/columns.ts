import { sql } from 'drizzle-orm';
import { customType } from 'drizzle-orm/pg-core';
import { fromPostgres } from '@/lib/time';

/** `timestamptz` as UTC text with microseconds, `2026-01-27T10:20:04.222439Z`; a Date would cut them off. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: (value) => fromPostgres(value),
});

/** `numeric` as the digits it holds, scale included. */
export const decimal = customType<{ data: string; driverData: string }>({
  dataType: () => 'numeric',
  fromDriver: (value) => String(value),
});

/** `bytea`: Buffer from pg, Uint8Array from PGlite, hexadecimal text from Neon over HTTP. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array | string }>({
  dataType: () => 'bytea',
  fromDriver: (value) =>
    typeof value === 'string' ? Uint8Array.from(Buffer.from(value.replace(/^\\x/, ''), 'hex')) : value,
});

/** When the row was made. */
export const createdAt = instant('created_at').notNull().default(sql`now()`);

/** `tsvector` of ready lexemes, only ever compared inside the database. */
export const lexemes = customType<{ data: string; driverData: string }>({ dataType: () => 'tsvector' });
