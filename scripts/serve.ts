import { parseArgs } from 'node:util';
import { openBackupServer } from '@/lib/backup/backup-server';
import { closeDatabase } from '@/lib/db/client';
import { isRowSecurityEnforced } from '@/lib/db/is-row-security-enforced';
import { type Env, getEnv } from '@/lib/env';
import { displayedHost, reachSentence } from '@/lib/listening';
import { flushLog, log } from '@/lib/log/log';
import { keepClaimsIndex } from '@/lib/postbacks/index-claims';
import { checkKeys } from '@/lib/projects/secrets';
import { keepRetention } from '@/lib/retention/schedule';
import { keepSearchIndex } from '@/lib/search/reindex';
import { VaultError } from '@/lib/vault';
import { type RunningServer, startServer } from '../server';
import { CommandError, runCommand } from './command';
import { firstRunLine } from './first-run';
import { portError, requireFreePort } from './port';
import { prepareDatabase } from './preparing';

const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } });
// Next and React choose their build by it when they are loaded, which is after the port is open.
Object.assign(process.env, { NODE_ENV: values.dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });

await runCommand(async () => {
  const env = getEnv();
  await requireFreePort(env.port, env.host);
  if (!(await prepareDatabase())) process.exit(1);
  await sayWhatIsNotEnforced(env);
  await requireKeys();
  const server = await serve(env);
  const stopRetention = keepRetention();
  const stopReindexing = keepSearchIndex();
  const stopIndexingClaims = keepClaimsIndex();
  const backups = env.databaseUrl === null ? await openBackupServer(env.dataDir) : null;
  const stop = async (): Promise<void> => {
    stopRetention();
    stopReindexing();
    stopIndexingClaims();
    await Promise.all([backups?.close(), server.stop()]);
  };
  stopOnSignal({ ...server, stop });
  await server.screens.catch(async (error: unknown) => {
    // Postbacks are being taken already: they are answered before the end.
    await stop().then(closeDatabase);
    throw error;
  });
  await welcome(env, server);
});

/** With another key every postback would be answered 503, hours after somebody changed a setting. */
async function requireKeys(): Promise<void> {
  try {
    await checkKeys();
  } catch (error) {
    if (error instanceof VaultError)
      throw new CommandError(`ENCRYPTION_KEY does not fit this database: ${error.message}`);
    throw error;
  }
}

async function serve(env: Env): Promise<RunningServer> {
  try {
    return await startServer({ port: env.port, host: env.host, dev: values.dev });
  } catch (error) {
    throw error instanceof Error ? portError(error, env.port, env.host) : error;
  }
}

/** Asked of the database: two addresses may well lead to one role. */
async function sayWhatIsNotEnforced({ databaseUrl, migrationUrl }: Env): Promise<void> {
  if (databaseUrl === null || (await isRowSecurityEnforced())) return;
  const why = migrationUrl === databaseUrl ? 'is not set' : 'leads to no other owner of the tables than DATABASE_URL';
  process.stderr.write(
    `DATABASE_MIGRATION_URL ${why}, so row security and the append-only audit log are not enforced.\n`,
  );
}

async function welcome({ host }: Env, { port }: RunningServer): Promise<void> {
  const here = `http://${displayedHost(host)}:${port}`;
  const lines = [`Tillbell is ready at ${here}`, reachSentence(host, port)];
  const firstRun = await firstRunLine(here);
  if (firstRun !== null) lines.push(firstRun);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function sayIt(error: unknown): true {
  log('error', 'The stop failed', { error });
  return true;
}

/** The first signal finishes what is in flight; a second one does not wait. */
function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    const failed = await server.stop().then(closeDatabase).catch(sayIt);
    flushLog();
    process.exit(failed ? 1 : 0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}
