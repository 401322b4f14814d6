import { and, asc, eq } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { projects } from '@/lib/db/schema';
import type { Access } from '@/lib/staff/access';
import { inProjects } from './scope';

/** Beyond this a list is not read project by project. */
const MOST = 12;

interface Chosen {
  readonly project: string | null;
  readonly provider: string | null;
}

/**
 * The few projects that a list is about, for reading each by its own index; null where it is about all, or about too
 * many. It narrows nothing by itself: the conditions of the list say again what may be seen.
 */
export async function chosenProjects(access: Access, { project, provider }: Chosen): Promise<readonly string[] | null> {
  if (project) return [project];
  if (!provider) return access.projects === 'all' || access.projects.length > MOST ? null : access.projects;
  const { orm } = await databaseFor(access);
  const rows = await orm
    .select({ id: projects.id })
    .from(projects)
    .where(and(inProjects(access, projects.id), eq(projects.provider, provider)))
    .orderBy(asc(projects.id))
    .limit(MOST + 1);
  return rows.length > MOST ? null : rows.map(({ id }) => id);
}
