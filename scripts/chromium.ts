import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { hasApt, installPackage, mayInstall, runInstaller } from './install';

/** The shell comes first: it is the same Chromium without the windows around the pages. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  chromium.executablePath(),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** A Chromium that is here already. */
export function findChromium(): string | null {
  return process.env.CHROMIUM_PATH || (PLACES.find((path) => existsSync(path)) ?? null);
}

/** Finds a Chromium or installs one where it may. */
export async function obtainChromium(say: (line: string) => void): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`);
  if (findChromium() === null && (await mayInstall('Chromium'))) install(say);
  const found = findChromium();
  if (found === null) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH to the one you have.');
  say(`Browser: ${found}`);
  return found;
}

function install(say: (line: string) => void): void {
  for (const name of hasApt() ? ['chromium-headless-shell', 'chromium'] : []) {
    say(`Installing Debian’s package ${name} …`);
    installPackage(name);
    if (findChromium() !== null) return;
  }
  say('Downloading Playwright’s Chromium …');
  runInstaller(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
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
