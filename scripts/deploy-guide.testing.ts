import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Fence {
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** The fenced parts of docs/deploy.md, each with the heading it stands under. */
export function fences(): readonly Fence[] {
  const found: Fence[] = [];
  let heading = '';
  for (const part of readFileSync('docs/deploy.md', 'utf8').matchAll(/^#+ ([^\n]*)$|^```(\w+)\n(.*?)^```$/gms)) {
    const [, title, language, text] = part;
    if (title !== undefined) heading = title;
    else found.push({ heading, language: language ?? '', text: text ?? '' });
  }
  return found;
}

/** What a test may not do to the machine is told here and not done; everything else runs for real. */
const STAND_INS: Readonly<Record<string, string>> = {
  // As root there is nobody to become; PostgreSQL's own user is who connects as one.
  sudo: 'if [ "$1" = -u ]; then shift 2; fi; exec "$@"',
  useradd: 'echo "useradd $*" >>"$TOLD"',
  chown: 'echo "chown $*" >>"$TOLD"',
  systemctl: 'echo "systemctl $*" >>"$TOLD"',
  curl: 'echo "curl $*" >>"$TOLD"',
  // The working tree as it is, committed or not, instead of what REPOSITORY has.
  git: `[ "$1" = clone ] && mkdir "$3" && cd "$CLONE" && tar -cf - --exclude=./node_modules --exclude=./.git \\
    --exclude=./.env --exclude=./.env.local --exclude=./.next --exclude=./.data --exclude=./.screens --exclude=./test-results . | tar -xf - -C "$OLDPWD/$3"`,
  // A build takes minutes and has its own test; the packages are those of the clone. Other scripts run as package.json says.
  npm: `shift; [ "$1" = --silent ] && shift; name=$1; shift; [ "$1" = -- ] && shift
    if [ "$name" = build ]; then echo "npm run build" >>"$TOLD"; exec ln -s "$CLONE/node_modules" node_modules; fi
    command=$(node -p 'require("./package.json").scripts[process.argv[1]]' "$name")
    exec sh -c "$command \\"\\$@\\"" npm "$@"`,
};

export interface Machine {
  /** Where `/opt`, `/etc` and `/var` are. */
  readonly root: string;
  run(text: string, postgresUrl: string): string;
  /** What was told to the stand-ins. */
  told(): readonly string[];
  remove(): void;
}

/** A temporary folder that stands for a machine; `run` is a shell on it, and fails as soon as a line does. */
export function pretendMachine(): Machine {
  const root = mkdtempSync(join(tmpdir(), 'tillbell-machine-'));
  const programs = join(root, 'bin');
  for (const folder of ['bin', 'etc', 'opt', 'var/lib']) mkdirSync(join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries(STAND_INS)) {
    writeFileSync(join(programs, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  const told = join(root, 'told');
  writeFileSync(told, '');
  return {
    root,
    told: () => readFileSync(told, 'utf8').trim().split('\n'),
    remove: () => rmSync(root, { recursive: true }),
    run: (text, postgresUrl) => {
      const { hostname, port, username } = new URL(postgresUrl);
      const script = text
        .replaceAll(/(?<=[\s=])\/(opt|etc|var)\//g, `${root}/$1/`)
        .replaceAll('@localhost:5432/', `@${hostname}:${port}/`);
      const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
        encoding: 'utf8',
        cwd: root,
        env: {
          NODE_ENV: 'test',
          PATH: `${programs}:${process.env.PATH}`,
          PGHOST: hostname,
          PGPORT: port,
          PGUSER: username,
          CLONE: resolve('.'),
          TOLD: told,
          REPOSITORY: 'the-repository',
          OWNER_PASSWORD: 'three grey herons at dawn',
          NEW_PASSWORD: 'two green parrots at dusk',
        },
      });
      if (status !== 0) throw new Error(`${script}\n${stdout}\n${stderr}`);
      return stdout;
    },
  };
}
