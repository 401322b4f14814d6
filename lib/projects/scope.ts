import { inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Access } from '@/lib/staff/access';

/** The condition every read carries: rows of the projects this person was given, and no others. */
export function inProjects(access: Access, column: PgColumn): SQL | undefined {
  if (access.projects === 'all') return undefined;
  return access.projects.length === 0 ? sql`false` : inArray(column, [...access.projects]);
}
