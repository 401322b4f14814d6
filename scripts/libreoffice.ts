import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/soffice', '/usr/local/bin/soffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'];

/** A LibreOffice that is here already. */
export function findLibreOffice(): string | null {
  return PLACES.find((path) => existsSync(path)) ?? null;
}

/** Finds LibreOffice or, as root on Debian, installs it, and says what it did: without one its tests are skipped. */
export function obtainLibreOffice(say: (line: string) => void): void {
  const found = findLibreOffice();
  if (found !== null) {
    say(`LibreOffice: ${found}`);
    return;
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('No LibreOffice found; installing Debian’s package libreoffice-calc-nogui …');
    run(['update']);
    run(['install', '-y', '--no-install-recommends', 'libreoffice-calc-nogui']);
  }
  const installed = findLibreOffice();
  say(
    installed === null ? 'There is no LibreOffice: what needs one is skipped.' : `LibreOffice installed: ${installed}`,
  );
}

/** Whether it worked is seen by looking for it. */
function run(args: readonly string[]): void {
  spawnSync('apt-get', args, {
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
