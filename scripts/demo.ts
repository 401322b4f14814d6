import { parseArgs } from 'node:util';
import { CommandError, runCommand } from './command';
import { Dice } from './demo/dice';
import { onceStopped, throwAwayFolder } from './demo/folder';
import { type RunningProduct, startProduct } from './demo/product';
import type { Seeded } from './demo/seed';
import { seedInItsOwnProcess, throwAwaySettings } from './demo/seeding';
import { simulate } from './demo/simulate';
import { requireFreePort } from './port';

const SIZE = { days: 90, postbacks: 5_200 };

const { values } = parseArgs({ options: { seed: { type: 'string', default: '20260' } } });

await runCommand(async () => {
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new CommandError('--seed must be a whole number.');
  const began = Date.now();
  await requireFreePort(Number(process.env.PORT || 3000), process.env.HOST || '127.0.0.1');
  const folder = throwAwayFolder('demo');
  const stopping = new AbortController();
  let product: RunningProduct | null = null;
  onceStopped(async () => {
    stopping.abort();
    await product?.stop();
  });
  process.stderr.write(`Making ${SIZE.days} days of history (seed ${seed}) …\n`);
  const seeded = await seedInItsOwnProcess(folder, { ...SIZE, seed });
  product = await startProduct(throwAwaySettings(folder));
  void product.ended.then(() => stopping.signal.aborted || process.exit(1));
  process.stdout.write(welcome(product.address, seeded, Date.now() - began));
  await simulate(product.address.replace('localhost', '127.0.0.1'), seeded.accounts, new Dice(began), stopping.signal);
});

function welcome(address: string, { signIns, accounts, postbacks }: Seeded, took: number): string {
  const width = Math.max(...signIns.map(({ email }) => email.length));
  return [
    `Tillbell's demo is ready at ${address} (${postbacks} postbacks, ${Math.round(took / 1000)} s)`,
    '',
    'Sign in as',
    ...signIns.map(({ role, email, password }) => `  ${role.padEnd(11)} ${email.padEnd(width)}  ${password}`),
    '',
    'Notification URLs',
    ...accounts.map(({ name, notificationPath }) => `  ${name.padEnd(22)} ${address}${notificationPath}`),
    '',
    'New postbacks keep coming. Ctrl-C stops it and leaves nothing behind.',
    '',
  ].join('\n');
}
