import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../command';
import type { Seeded, SeedOptions } from './seed';

/** Settings under which nothing of the real deployment is touched: `.env` fills in only what is not set. */
export function throwAwaySettings(dataDir: string): NodeJS.ProcessEnv {
  const unset = ['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'DATABASE_URL_UNPOOLED', 'AUTH_SECRET', 'ENCRYPTION_KEY'];
  const off = ['ENCRYPTION_KEY_PREVIOUS', 'APP_URL', 'SMTP_URL', 'CRON_SECRET', 'METRICS_TOKEN'];
  return { ...process.env, ...Object.fromEntries([...unset, ...off].map((name) => [name, ''])), DATA_DIR: dataDir };
}

/** Makes the history in a short process of its own: the embedded database belongs to one, and its memory goes back with it. */
export async function seedInItsOwnProcess(dataDir: string, options: Omit<SeedOptions, 'now'>): Promise<Seeded> {
  const script = fileURLToPath(new URL('./seed-process.ts', import.meta.url));
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env: { ...throwAwaySettings(dataDir), NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.on('exit', kill);
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [printed, code] = await Promise.all([text(child.stdout), ended]);
  process.off('exit', kill);
  if (code !== 0) throw new CommandError('The history of the demo could not be made.');
  // The last line; our own script wrote it.
  const seeded: Seeded = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  return seeded;
}
