import { staffRoleOf } from './scope';
import { inTransaction, type Session } from './session';

const OWNER = `
  select case when c.relowner = r.oid then r.rolname::text end as value
  from pg_roles r, pg_class c where r.rolname = current_user and c.oid = 'public.audit_log'::regclass`;

export interface RowSecurity {
  /** Null: row security stands. */
  readonly withoutRowSecurity: unknown;
}

/** Keeps the application's role `app` apart from the owner of the tables; null where they are one. */
export async function applyRowSecurity(session: Session, app: string): Promise<RowSecurity | null> {
  const [owner] = await session.query(OWNER);
  // Tables that belong to somebody else are not ours to give.
  if (!owner?.value || owner.value === app) return null;
  await inTransaction(session, () => grantTables(session, app));
  try {
    await inTransaction(session, () => wallTables(session, app));
    return { withoutRowSecurity: null };
  } catch (error) {
    return { withoutRowSecurity: error };
  }
}

/** What only grows: nobody but the owner of the tables could change a row, and a trigger refuses even that. */
const APPEND_ONLY = ['audit_log', 'audit_chain'];

/** The application's role works with the tables that another role owns; it cannot change what is only ever added to. */
async function grantTables(session: Session, app: string): Promise<void> {
  const role = quoted(app);
  await session.query(`grant usage on schema public to ${role}`);
  await session.query(`grant select, insert, update, delete on all tables in schema public to ${role}`);
  await session.query(`grant usage, select on all sequences in schema public to ${role}`);
  await session.query(`revoke update, delete, truncate on ${APPEND_ONLY.join(', ')} from ${role}`);
  await session.query(`revoke insert on audit_chain from ${role}`);
}

/** Read once a statement, so that an index of the project still serves. */
const PROJECTS = `any ((select coalesce(nullif(current_setting('tillbell.projects', true), ''), '{}'))::uuid[])`;
const MEMBER = `nullif(current_setting('tillbell.staff', true), '')::uuid`;

/** Whose rows belong to a project without naming it, or not only by it. Every other table with a `project_id` goes by that. */
const WALLS: Readonly<Record<string, string>> = {
  projects: `id = ${PROJECTS}`,
  audit_log: `project_id = ${PROJECTS} or staff_id = ${MEMBER}`,
  audit_chain: `exists (select from audit_log a where a.id = entry_id)`,
  invoice_notes: `exists (select from invoices i where i.id = invoice_id)`,
  delivery_resolutions: `exists (select from deliveries d where d.id = delivery_id)`,
  export_presets: `staff_id = ${MEMBER}`,
};

/** Tables of no project, which a read for a member may need: who wrote a note, in which zone. No other is open to it. */
const OPEN = ['staff', 'settings'];

/** What no read for a member needs: what would let somebody guess a password, or at what postbacks said. */
const HIDDEN_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  staff: ['password_hash'],
  projects: ['digest_key'],
};

const VISIBLE_COLUMNS = `
  select string_agg(quote_ident(attname), ', ' order by attnum) as value from pg_attribute
  where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> all ($2::text[])`;

const WALLED_TABLES = `
  select c.relname::text as value from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r'
    and (c.relname = any ($1::text[]) or exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'project_id' and not a.attisdropped))
  order by c.relname`;

/**
 * Row security: a role that sees the rows of the projects it is told of, and that the application takes on for the
 * reads of whoever has not all projects. For every other role the tables are as they were: a policy of `true` costs
 * nothing. Only what is missing is made, since making it locks the table.
 */
async function wallTables(session: Session, app: string): Promise<void> {
  const staff = staffRoleOf(app);
  await makeStaffRole(session, app, staff);
  const tables = await session.query(WALLED_TABLES, [`{${Object.keys(WALLS).join(',')}}`]);
  for (const { value } of tables) await wall(session, String(value), staff);
  await session.query(`grant usage on schema public to ${quoted(staff)}`);
  const open = [...OPEN, ...tables.map(({ value }) => String(value))];
  const whole = open.filter((table) => HIDDEN_COLUMNS[table] === undefined);
  await session.query(`grant select on ${whole.map(quoted).join(', ')} to ${quoted(staff)}`);
  for (const [table, hidden] of Object.entries(HIDDEN_COLUMNS)) {
    const [columns] = await session.query(VISIBLE_COLUMNS, [`public.${quoted(table)}`, `{${hidden.join(',')}}`]);
    // A right to the whole table, which versions before this one gave, covers every column.
    await session.query(`revoke select on ${quoted(table)} from ${quoted(staff)}`);
    await session.query(`grant select (${String(columns?.value)}) on ${quoted(table)} to ${quoted(staff)}`);
  }
}

async function makeStaffRole(session: Session, app: string, staff: string): Promise<void> {
  const known = await session.query('select 1 as value from pg_roles where rolname = $1', [staff]);
  if (known.length === 0) await session.query(`create role ${quoted(staff)} nologin`);
  const [version] = await session.query(`select current_setting('server_version_num')::int >= 160000 as value`);
  // Who inherits a role's rights is held by its policies as well, and the application itself must not be.
  if (version?.value === true) {
    await session.query(`grant ${quoted(staff)} to ${quoted(app)} with inherit false, set true`);
    return;
  }
  await session.query(`alter role ${quoted(app)} noinherit`);
  await session.query(`grant ${quoted(staff)} to ${quoted(app)}`);
}

const EVERYBODY = 'everybody';

async function wall(session: Session, table: string, staff: string): Promise<void> {
  const name = quoted(table);
  const made = await session.query(
    `select policyname::text as value from pg_policies where schemaname = 'public' and tablename = $1`,
    [table],
  );
  const missing = (policy: string): boolean => !made.some(({ value }) => value === policy);
  if (missing(EVERYBODY)) {
    await session.query(`create policy ${EVERYBODY} on ${name} to public using (true) with check (true)`);
  }
  if (missing(staff)) {
    const condition = WALLS[table] ?? `project_id = ${PROJECTS}`;
    await session.query(
      `create policy ${quoted(staff)} on ${name} as restrictive for select to ${quoted(staff)} using (${condition})`,
    );
  }
  const [on] = await session.query(`select relrowsecurity as value from pg_class where oid = $1::regclass`, [
    `public.${name}`,
  ]);
  if (on?.value !== true) await session.query(`alter table ${name} enable row level security`);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
