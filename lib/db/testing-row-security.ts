import pg from 'pg';
import { migrate } from './migrate';
import { createDatabase, startPostgres } from './testing-postgres';

export interface RowSecuredDatabase {
  /** As the server's superuser. */
  readonly serverUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL whose tables belong to one role while the application has another, as with DATABASE_MIGRATION_URL. */
export async function startWithRowSecurity(): Promise<RowSecuredDatabase> {
  const server = await startPostgres({ fsync: false });
  const url = await createDatabase(server.url, 'divided');
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('create role tables_owner login createrole');
  await admin.query('create role the_app login');
  await admin.query('alter database divided owner to tables_owner');
  await admin.end();
  const [ownerUrl, appUrl] = [as('tables_owner', url), as('the_app', url)];
  await migrate({ url: ownerUrl, appUrl });
  return { serverUrl: server.url, ownerUrl, appUrl, stop: server.stop };
}

function as(user: string, url: string): string {
  const own = new URL(url);
  own.username = user;
  return own.href;
}
