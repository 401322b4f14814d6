import { getDatabase, type Parameter, type Statement } from '@/lib/db/client';
import type { Access } from '@/lib/staff/access';

/** Null for everybody's projects; the statements read it as such. */
export function projectsOf(access: Access): readonly string[] | null {
  return access.projects === 'all' ? null : access.projects;
}

export async function read<Row>(statement: Statement, ...parameters: Parameter[]): Promise<Row[]> {
  const database = await getDatabase();
  return database.run<Row>(statement, parameters);
}
