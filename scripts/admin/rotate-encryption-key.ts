import { getEnv, rereadEnv } from '@/lib/env';
import { finishRotation, startRotation } from '@/lib/env-secrets';
import { type Progress, resealAll } from '@/lib/keys/reseal';
import { CommandError } from '../command';
import type { AdminCommand } from './commands';
import { withDatabase } from './database';
import { readOptions } from './options';

/** Of one table a line so often. */
const SAY_MS = 1_000;

/**
 * Seals everything with the current key. The embedded database's own key is made anew first; a rotation that was cut
 * short goes on with the key that it had made. Elsewhere the new key is whatever ENCRYPTION_KEY says.
 */
export const run: AdminCommand['run'] = async (args) => {
  readOptions(args, {});
  const { keyIsGenerated, dataDir } = getEnv();
  return withDatabase(async () => {
    if (keyIsGenerated) {
      const begun = startRotation(dataDir);
      say(begun === 'started' ? 'A new key was made.' : 'A rotation that was cut short goes on.');
      rereadEnv();
    }
    const [{ id: key }] = getEnv().encryptionKeys;
    const { resealed, remaining } = await resealAll(progressPrinter());
    if (remaining > 0) {
      throw new CommandError(
        `${remaining} rows are still sealed with another key than ${key}: a server goes on sealing with it. Restart every server with the new ENCRYPTION_KEY, then run this again.`,
      );
    }
    if (keyIsGenerated) finishRotation(dataDir);
    say(
      `Nothing is sealed with an old key any more. ${keyIsGenerated ? '' : 'ENCRYPTION_KEY_PREVIOUS can go.'}`.trim(),
    );
    return { key, resealed, remaining };
  });
};

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function progressPrinter(): (progress: Progress) => void {
  let last = { table: '', at: 0 };
  return ({ table, done, total }) => {
    const now = Date.now();
    if (table === last.table && now - last.at < SAY_MS && done < total) return;
    last = { table, at: now };
    say(`${table}: ${done} of ${total}`);
  };
}
