import { getDatabase } from './client';

/** Who owns the tables can undo whatever they refuse; a superuser owns all of them. */
const OWNS = {
  name: 'owns_tables',
  text: `select pg_has_role(current_user, relowner, 'member') as owns from pg_class where oid = 'public.audit_log'::regclass`,
};

/** Whether the application's role is held by row security and the append-only audit log. */
export async function isRowSecurityEnforced(): Promise<boolean> {
  const database = await getDatabase();
  const [row] = await database.run<{ owns: boolean }>(OWNS, []);
  return row?.owns === false;
}
