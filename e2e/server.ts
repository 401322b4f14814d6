import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { START } from '../scripts/heap';
import { bundled, environment, exitOf, ROOT, type Settings } from './process';

/**
 * `server`: as `npm start` runs it. `bare`: the same without the preparations before it. `next`: Next alone, where only
 * the App Router's route takes postbacks.
 */
export type ServerKind = 'server' | 'bare' | 'next';

export interface Server {
  readonly port: number;
  readonly pid: number;
  readonly address: string;
  /** Everything it has said so far, on both streams. */
  readonly said: readonly string[];
  /** As an operator does; the exit code. */
  stop(): Promise<number | null>;
  /** As the machine would at its worst. */
  kill(): Promise<void>;
}

const KINDS = {
  server: async () => START,
  bare: async () => [START[0], await bundled('e2e/serve.ts')],
  next: async (port) => ['node_modules/next/dist/bin/next', 'start', '-p', String(port)],
} as const satisfies Record<ServerKind, (port: number) => Promise<readonly string[]>>;

const READY = { server: /ready at http/, bare: /ready at http/, next: /Ready in/ } as const satisfies Record<
  ServerKind,
  RegExp
>;

/** Starts the built product and waits until it says that it is ready. */
export async function startServer(settings: Settings, kind: ServerKind = 'server', port?: number): Promise<Server> {
  const own = port ?? (await freePort());
  const child = spawn(process.execPath, await KINDS[kind](own), {
    cwd: ROOT,
    env: environment({ ...settings, PORT: String(own) }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const ended = exitOf(child);
  const killIt = (): void => void child.kill('SIGKILL');
  process.once('exit', killIt);
  void ended.then(() => process.off('exit', killIt));
  await ready(child, said, READY[kind]);
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    port: own,
    pid: child.pid ?? 0,
    address: `http://localhost:${own}`,
    said,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}

function ready(child: ChildProcess, said: string[], sign: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`The server ended with ${code}:\n${said.join('\n')}`)));
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (sign.test(line)) setImmediate(resolve);
      });
    }
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject).listen(0, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
