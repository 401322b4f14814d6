import { parseArgs } from 'node:util';
import { closeDatabase } from '@/lib/db/client';
import { migrateDatabase } from '@/lib/db/migrate';
import { DATA_MIGRATIONS } from '@/lib/postbacks/data-migrations';
import { runCommand } from '../command';
import { seedDemo } from './seed';

const { values } = parseArgs({
  options: { days: { type: 'string' }, postbacks: { type: 'string' }, seed: { type: 'string' } },
});

await runCommand(async () => {
  await migrateDatabase(DATA_MIGRATIONS);
  const seeded = await seedDemo({
    days: Number(values.days),
    postbacks: Number(values.postbacks),
    seed: Number(values.seed),
    now: new Date(),
  });
  await closeDatabase();
  process.stdout.write(`${JSON.stringify(seeded)}\n`, () => process.exit(0));
});
