import type { Database } from './client';
import { HAS_STAFF_ROLE, type Scope, scopeParameters } from './scope';

/** Asks once whether there is a role for staff's reads; what failed is asked again. */
export function staffRole(database: Pick<Database, 'run'>): (scope: Scope) => Promise<readonly string[] | null> {
  let asked: Promise<string | null> | undefined;
  const ask = async (): Promise<string | null> => {
    const [row] = await database.run<{ role: string }>(HAS_STAFF_ROLE, []);
    return row?.role ?? null;
  };
  return async (scope) => {
    asked ??= ask();
    try {
      const role = await asked;
      return role === null ? null : scopeParameters(scope, role);
    } catch (error) {
      asked = undefined;
      throw error;
    }
  };
}
