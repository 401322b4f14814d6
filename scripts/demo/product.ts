import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { CommandError } from '../command';
import { START } from '../heap';

export interface RunningProduct {
  /** `http://localhost:3000`. */
  readonly address: string;
  /** Of its process. */
  readonly pid: number;
  /** Everything it printed until it was ready. */
  readonly printed: readonly string[];
  /** Resolved when it has ended, of itself or because it was stopped. */
  readonly ended: Promise<void>;
  /** Lets it finish what it has in flight. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 90_000;
const STOP_MS = 15_000;
const READY = /ready at (http:\/\/\S+)/;

/** What `npm start` runs, as a process of its own whose end is ours to decide: a Ctrl-C meant for us does not reach it. */
export async function startProduct(env: NodeJS.ProcessEnv): Promise<RunningProduct> {
  const child = spawn(process.execPath, [...START], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const killIt = (): void => void child.kill('SIGKILL');
  process.on('exit', killIt);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void ended.then(() => process.off('exit', killIt));
  const printed: string[] = [];
  const address = await readyAddress(child, printed);
  return { address, pid: child.pid ?? 0, printed, ended, stop: () => stop(child, ended) };
}

/** The start says itself why it failed. */
function readyAddress(child: ChildProcess, printed: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.once('error', reject).once('close', () => {
      clearTimeout(timer);
      reject(new CommandError('The server did not start.'));
    });
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      const address = READY.exec(line)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(late);
}

/** For a product whose address nobody has to know; it must know its own, so the port is chosen before it starts. */
export function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject).listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? String(address.port) : ''));
    });
  });
}
