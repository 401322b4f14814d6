/** Whose rows a read may return, for a database that enforces it. `Access` is one. */
export interface Scope {
  readonly staffId: string;
  readonly projects: 'all' | readonly string[];
}

/** A name is at most 63 bytes. */
const LONGEST = 57;
const SUFFIX = '_staff';

/** The role that PostgreSQL's row security holds: the application's own takes it on for one read. */
export function staffRoleOf(app: string): string {
  return app.slice(0, LONGEST) + SUFFIX;
}

/** Whether there is such a role for this one; without it the filters of the statements are the only wall. */
export const HAS_STAFF_ROLE = {
  name: 'staff_role',
  text: `select rolname as role from pg_roles
    where rolname = left(current_user, ${LONGEST}) || '${SUFFIX}' and pg_has_role(current_user, oid, 'member')`,
};

/**
 * Runs right before a read, in the same transaction and on the same way to the server; it returns nothing and lasts
 * until the transaction ends, so that nothing is left on a connection that others use.
 */
export const ENTER_SCOPE = `select 1 where set_config('tillbell.projects', $1, true) is null
  or set_config('tillbell.staff', $2, true) is null or set_config('role', $3, true) is null`;

/** Null: sees everything, so there is nothing to enforce. */
export function scopeParameters(scope: Scope, role: string): readonly [string, string, string] | null {
  return scope.projects === 'all' ? null : [`{${scope.projects.join(',')}}`, scope.staffId, role];
}
