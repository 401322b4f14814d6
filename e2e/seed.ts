// biome-ignore-all lint/style/noRestrictedImports: a process of its own, which puts projects and staff into the product before it starts.
import { text } from 'node:stream/consumers';
import { closeDatabase } from '@/lib/db/client';
import { createProject } from '@/lib/projects/create';
import { createStaff } from '@/lib/staff/create';
import type { Seed, Seeded } from './deployment';

/** Run as a process of its own: makes projects and staff in the deployment that its settings name. */
const wanted: Seed = JSON.parse(await text(process.stdin));
const projects: { id: string; notificationPath: string }[] = [];
for (const project of wanted.projects) projects.push(await createProject(project));
for (const member of wanted.staff) {
  const projectIds = member.projects?.map((index) => projects[index]?.id ?? '');
  await createStaff({ ...member, projectIds });
}
await closeDatabase();
const made: Seeded = { projects };
process.stdout.write(JSON.stringify(made));
