import { migrateDatabase } from '@/lib/db/migrate';
import { runCommand } from './command';

await runCommand(async () => {
  process.stderr.write('Migrating the database …\n');
  await migrateDatabase();
  process.stderr.write('The database is up to date.\n');
});
