import { lockFolder } from '../lock';

// Takes the folder or says why not, then stays until standard input closes.
try {
  await lockFolder(process.argv[2] ?? '');
  process.stdout.write('held\n');
  process.stdin.resume().once('end', () => process.exit(0));
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
}
