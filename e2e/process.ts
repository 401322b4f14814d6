import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { bundle } from '../scripts/building.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export type Settings = Readonly<Record<string, string>>;

/** Our settings and nothing of whoever runs the tests, but what a process needs to run at all. */
export function environment(settings: Settings): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...settings };
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the built commands to its end. */
export function runCommand(
  name: 'admin' | 'migrate' | 'prepare',
  args: readonly string[],
  settings: Settings,
  input = '',
): Promise<Ran> {
  return runProgram(process.execPath, [`dist/${name}.js`, ...args], settings, input);
}

/** Runs one of the scripts that only tests have to its end. */
export async function runScript(path: string, args: readonly string[], settings: Settings, input = ''): Promise<Ran> {
  return runProgram(process.execPath, [await bundled(path), ...args], settings, input);
}

const bundles = new Map<string, Promise<string>>();

/** The script as one file of JavaScript: it is started again and again, and compiling it each time takes a second. */
export function bundled(path: string): Promise<string> {
  const known = bundles.get(path);
  if (known) return known;
  const folder = `test-results/scripts/${process.pid}`;
  const made = bundle([path], folder).then(() => `${folder}/${basename(path, '.ts')}.js`);
  bundles.set(path, made);
  return made;
}

export async function runProgram(
  program: string,
  args: readonly string[],
  settings: Settings,
  input = '',
): Promise<Ran> {
  const child = spawn(program, args, { cwd: ROOT, env: environment(settings), stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = exitOf(child);
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}

/** The JSON that a script prints; what it says on standard error where it fails. */
export async function askScript<Answer>(path: string, settings: Settings, question: unknown): Promise<Answer> {
  const { code, stdout, stderr } = await runScript(path, [], settings, JSON.stringify(question));
  if (code !== 0) throw new Error(`${path} ended with ${code}: ${stderr}`);
  const answer: Answer = JSON.parse(stdout);
  return answer;
}

export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code));
  });
}
