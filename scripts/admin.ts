import { runAdminCommand } from './admin/commands';
import { runCommand } from './command';

await runCommand(async () => {
  const result = await runAdminCommand(process.argv.slice(2));
  // Flushed before the exit: open pools and timers would keep the process for a while.
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
});
