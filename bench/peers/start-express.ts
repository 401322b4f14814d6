import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Peer {
  readonly url: string;
  readonly pid: number;
  stop(): void;
}

/** The documented handler in a process of its own, as Express runs in production; `keyObject`: the better way. */
export async function startExpress(databaseUrl: string, secret: string, keyObject = false): Promise<Peer> {
  const script = fileURLToPath(new URL('./express-handler.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      SECRET: secret,
      KEY_OBJECT: keyObject ? '1' : '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (): void => void child.kill('SIGKILL');
  process.on('exit', stop);
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('The Express handler did not start.')));
  const [port] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed]);
  failed.catch(() => {});
  return { url: `http://127.0.0.1:${port}/callback`, pid: child.pid ?? 0, stop };
}
