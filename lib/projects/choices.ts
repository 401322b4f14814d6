import { asc } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { projects } from '@/lib/db/schema';
import type { Access } from '@/lib/staff/access';
import { inProjects } from './scope';

async function selectChoices(access: Access) {
  const { orm } = await databaseFor(access);
  return orm
    .select({ id: projects.id, name: projects.name, provider: projects.provider, key: projects.key })
    .from(projects)
    .where(inProjects(access, projects.id))
    .orderBy(asc(projects.name), asc(projects.id));
}

export type ProjectChoice = Awaited<ReturnType<typeof selectChoices>>[number];

/** The projects this person may see, by name: what a filter offers and what a first run shows the addresses of. */
export function listProjectChoices(access: Access): Promise<readonly ProjectChoice[]> {
  return selectChoices(access);
}
