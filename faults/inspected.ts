import { fork } from 'node:child_process';
import { once } from 'node:events';
import { environment, exitOf, ROOT, type Settings } from '../e2e/process';
import { freePort } from '../e2e/server';
import type { Held } from './serve';

/** A server that can be asked what it holds. */
export interface Inspected {
  readonly port: number;
  look(): Promise<Held>;
  kill(): Promise<void>;
}

export async function startInspected(settings: Settings): Promise<Inspected> {
  const port = await freePort();
  const child = fork('faults/serve.ts', {
    cwd: ROOT,
    env: environment({ ...settings, PORT: String(port) }),
    execArgv: ['--expose-gc', '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = exitOf(child);
  const killIt = (): void => void child.kill('SIGKILL');
  process.once('exit', killIt);
  void ended.then(() => process.off('exit', killIt));
  const failed = ended.then((code) => Promise.reject(new Error(`The server ended with ${code}`)));
  failed.catch(() => {});
  await Promise.race([once(child, 'message'), failed]);
  return {
    port,
    look: async () => {
      const answered = once(child, 'message');
      child.send('look');
      const [held]: Held[] = await answered;
      if (!held) throw new Error('The server said nothing');
      return held;
    },
    kill: async () => {
      killIt();
      await ended;
    },
  };
}
