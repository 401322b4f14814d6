import { databaseFor, getDatabase, type Parameter, type Statement } from '@/lib/db/client';
import type { Access } from '@/lib/staff/access';

/** Null for everybody's projects; the statements read it as such. */
export function projectsOf(access: Access): readonly string[] | null {
  return access.projects === 'all' ? null : access.projects;
}

/** Null: for nobody in particular, as what is cached for all. */
export async function read<Row>(
  access: Access | null,
  statement: Statement,
  ...parameters: Parameter[]
): Promise<Row[]> {
  const database = await (access ? databaseFor(access) : getDatabase());
  return database.run<Row>(statement, parameters);
}
