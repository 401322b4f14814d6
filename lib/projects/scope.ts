import { inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { projects } from '@/lib/db/schema';
import type { Access } from '@/lib/staff/access';

/** The condition every read carries: rows of the projects this person was given, and no others. */
export function inProjects(access: Access, column: PgColumn): SQL | undefined {
  if (access.projects === 'all') return undefined;
  return access.projects.length === 0 ? sql`false` : inArray(column, [...access.projects]);
}

/** Rows of the projects of one provider, for reads that do not join the projects. */
export function ofProvider(column: PgColumn, provider: string): SQL {
  return sql`${column} in (select p.id from ${projects} p where p.provider = ${provider})`;
}
