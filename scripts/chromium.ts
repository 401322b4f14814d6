import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const NONE_FOUND =
  'No Chromium was found and none could be installed; install one, or set CHROMIUM_PATH to the one you have.';

/** A Chromium that is here already. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  return [chromium.executablePath(), ...PLACES].find((path) => existsSync(path)) ?? null;
}

/** Finds a Chromium or installs one, and says what it did; with a sentence where neither is possible. */
export function obtainChromium(say: (line: string) => void): string {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`);
  const found = findChromium();
  if (found !== null) {
    say(`Browser: ${found}`);
    return found;
  }
  for (const { line, possible, install } of INSTALLERS) {
    if (!possible()) continue;
    say(line);
    install();
    const installed = findChromium();
    if (installed === null) continue;
    say(`Browser installed: ${installed}`);
    return installed;
  }
  throw new Error(NONE_FOUND);
}

interface Installer {
  readonly line: string;
  readonly possible: () => boolean;
  readonly install: () => void;
}

const INSTALLERS: readonly Installer[] = [
  {
    line: 'No Chromium found; downloading Playwright’s own …',
    possible: () => true,
    install: () => run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']),
  },
  {
    line: 'That did not work; installing Debian’s package chromium …',
    possible: () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
    install: () => {
      run('apt-get', ['update']);
      run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    },
  },
];

/** Whether it worked is seen by looking for the browser; a download without a network gives up within minutes. */
function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, {
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Without a GPU, without calls home; the sandbox goes only where Chromium refuses to have one. */
export function chromiumFlags(): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}
