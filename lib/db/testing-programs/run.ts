import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  /** All it printed so far. */
  printed(): string;
  firstLine(): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A real process that runs one of the files beside this one. */
export function runProgram(file: string, ...parameters: string[]): Program {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...parameters], { stdio: 'pipe' });
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
