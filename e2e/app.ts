import { test as base } from '@playwright/test';
import pg from 'pg';
import { TEST_SCOPE } from '../scripts/test-scope';
import {
  type Deployment,
  embedded,
  postgres,
  type Shop,
  seed,
  type WantedProject,
  type WantedStaff,
} from './deployment';
import { type Ran, runCommand } from './process';
import { type Server, startServer } from './server';

/** A running Tillbell that one test file after the other has to itself. */
export interface App {
  readonly server: Server;
  /** Removes whatever is there and makes these projects and members. */
  reset(projects: readonly WantedProject[], staff?: readonly WantedStaff[]): Promise<readonly Shop[]>;
  /** Runs an operator's command on its database. */
  admin(...args: readonly string[]): Promise<Ran>;
}

/** A test names its client address by X-Forwarded-For. */
const SETTINGS = { TRUSTED_PROXIES: '127.0.0.1, ::1' };

interface StartedApp extends App {
  stop(): Promise<void>;
}

/** `app`: for files that need no settings and no server of their own. */
export const test = base.extend<object, { app: App }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are wanted from it.
    async ({}, use) => {
      const app = TEST_SCOPE === 'all' ? new EmbeddedApp() : await sharedApp();
      await use(app);
      await app.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** One server on PostgreSQL for all files of a worker. */
async function sharedApp(): Promise<StartedApp> {
  const deployment = await postgres({ fsync: false });
  const server = await startServer({ ...deployment.settings, ...SETTINGS });
  const database = new pg.Client({ connectionString: deployment.url });
  await database.connect();
  return {
    server,
    reset: async (projects, staff) => {
      await empty(database);
      return seed(deployment.settings, projects, staff);
    },
    admin: (...args) => runCommand('admin', args, deployment.settings),
    stop: async () => {
      await database.end();
      await server.stop();
      await deployment.remove();
    },
  };
}

/** The triggers of the audit log forbid TRUNCATE; they do not fire in the role `replica`. */
async function empty(database: pg.Client): Promise<void> {
  const { rows } = await database.query<{ tables: string }>(
    `select string_agg(quote_ident(tablename), ', ') as tables from pg_tables where schemaname = 'public'`,
  );
  await database.query(`begin; set local session_replication_role = replica; truncate ${rows[0]?.tables}; commit`);
}

/** A server on an embedded database for each file; slower, and what most people run. */
class EmbeddedApp implements StartedApp {
  private deployment: Deployment | undefined;
  private running: Server | undefined;

  get server(): Server {
    if (!this.running) throw new Error('The app runs once it was reset.');
    return this.running;
  }

  async reset(projects: readonly WantedProject[], staff?: readonly WantedStaff[]): Promise<readonly Shop[]> {
    await this.stop();
    this.deployment = await embedded();
    const shops = await seed(this.deployment.settings, projects, staff);
    this.running = await startServer({ ...this.deployment.settings, ...SETTINGS });
    return shops;
  }

  /** Only one process at a time has the database. */
  async admin(...args: readonly string[]): Promise<Ran> {
    if (!this.deployment || !this.running) throw new Error('The app runs once it was reset.');
    const { settings } = this.deployment;
    const { port } = this.running;
    await this.running.stop();
    const ran = await runCommand('admin', args, settings);
    this.running = await startServer({ ...settings, ...SETTINGS }, 'server', port);
    return ran;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    await this.deployment?.remove();
    this.running = undefined;
    this.deployment = undefined;
  }
}
