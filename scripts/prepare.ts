import { migrateDatabase } from '@/lib/db/migrate';
import { runCommand } from './command';

await runCommand(async () => {
  await migrateDatabase();
});
