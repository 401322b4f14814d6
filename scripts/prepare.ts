import { migrateDatabase } from '@/lib/db/migrate';
import { DATA_MIGRATIONS } from '@/lib/postbacks/data-migrations';
import { runCommand } from './command';

await runCommand(async () => {
  await migrateDatabase(DATA_MIGRATIONS);
});
