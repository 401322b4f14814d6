import { parseArgs } from 'node:util';
import { closeDatabase } from '@/lib/db/client';
import { migrateDatabase } from '@/lib/db/migrate';
import { DATA_MIGRATIONS } from '@/lib/postbacks/data-migrations';
import { runCommand } from './command';
import { firstRunLine } from './first-run';

/** `--first-run` also says how to make the owner's account, where no start prints it. */
const { values } = parseArgs({ options: { 'first-run': { type: 'boolean', default: false } } });

await runCommand(async () => {
  process.stderr.write('Migrating the database …\n');
  await migrateDatabase(DATA_MIGRATIONS);
  process.stderr.write('The database is up to date.\n');
  if (!values['first-run']) return;
  const line = await firstRunLine('https://<your address>');
  if (line !== null) process.stdout.write(`${line}\n`);
  await closeDatabase();
});
