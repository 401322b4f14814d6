import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  /** All it printed so far. */
  printed(): string;
  firstLine(): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A real process that runs a compiled program. */
export function runProgram(path: string, ...parameters: string[]): Program {
  const child = spawn(process.execPath, [path, ...parameters], { stdio: 'pipe' });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.pipe(process.stderr);
  const ended = once(child, 'close');
  return {
    child,
    printed: () => printed,
    firstLine: async () => {
      while (!printed.includes('\n')) await Promise.race([once(child.stdout, 'data'), ended]);
      return printed.split('\n')[0] ?? '';
    },
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** The path of a program of a test's as JavaScript: it is started many times, and each start would compile it again for a second. */
export async function compiled(source: URL): Promise<string> {
  const entry = fileURLToPath(source);
  const outdir = join(ROOT, 'test-results', 'programs', String(process.pid));
  await build({
    entryPoints: [entry],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.9',
    logLevel: 'warning',
  });
  return join(outdir, `${basename(entry, '.ts')}.mjs`);
}
