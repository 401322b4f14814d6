import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';

const LIMIT_MS = 300_000;

/** Permission to install a program: CI gives it, a person at a terminal is asked, and otherwise nothing is installed. */
export async function mayInstall(what: string): Promise<boolean> {
  if (process.env.CI) return true;
  if (!stdin.isTTY || !stdout.isTTY) return false;
  const terminal = createInterface({ input: stdin, output: stdout });
  const answer = await terminal.question(`${what} is missing, and tests need it. Install it? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Debian packages can be installed here. */
export function hasApt(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** The caller checks afterwards whether the program is there. */
export function installPackage(name: string): void {
  runInstaller('apt-get', ['update']);
  runInstaller('apt-get', ['install', '-y', '--no-install-recommends', name]);
}

export function runInstaller(command: string, args: readonly string[]): void {
  spawnSync(command, args, {
    stdio: 'ignore',
    timeout: LIMIT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
