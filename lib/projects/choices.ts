import { asc, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { projects } from '@/lib/db/schema';
import type { Access } from '@/lib/staff/access';
import { inProjects } from './scope';

async function selectChoices(access: Access) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: projects.id,
      name: projects.name,
      provider: projects.provider,
      key: projects.key,
      archived: sql<boolean>`${projects.archivedAt} is not null`,
    })
    .from(projects)
    .where(inProjects(access, projects.id))
    .orderBy(asc(projects.name), asc(projects.id));
}

export type ProjectChoice = Awaited<ReturnType<typeof selectChoices>>[number];

/** The projects this person may see, by name, archived ones included: an address may name each. */
export function listProjectChoices(access: Access): Promise<readonly ProjectChoice[]> {
  return selectChoices(access);
}

/** Those that a list offers to choose from: an archived one only where it is chosen already. */
export function offeredProjects(
  projects: readonly ProjectChoice[],
  chosen: string | readonly string[] | null,
): readonly ProjectChoice[] {
  const kept = [chosen ?? []].flat();
  return projects.filter(({ id, archived }) => !archived || kept.includes(id));
}
