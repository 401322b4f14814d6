import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { expect, it } from 'vitest';

const text = readFileSync('Dockerfile', 'utf8');
const ignored = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** One instruction a line, comments and continuations gone. */
const instructions = text
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '');
const named = (name: string): readonly string[] =>
  instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length).trim());

/** What is there once `npm ci` and `npm run build` have run. */
const MADE = ['node_modules', '.next', 'dist'];

it('is what Docker’s own language server takes without a remark', () => {
  expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
});

it.runIf(spawnSync('docker', ['buildx', 'version']).status === 0)('passes the build checks of the engine', () => {
  const { status, stderr } = spawnSync('docker', ['build', '--check', '.'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
});

it('copies what there is, and nothing that .dockerignore keeps out', () => {
  const sources = named('COPY').flatMap((line) =>
    line
      .split(/\s+/)
      .filter((word) => !word.startsWith('--'))
      .slice(0, -1),
  );
  expect(sources.length).toBeGreaterThan(10);
  for (const source of sources.map((path) => path.replace(/^\/app\//, ''))) {
    if (MADE.includes(source)) continue;
    expect(existsSync(source), source).toBe(true);
    expect(ignored, source).not.toContain(source);
  }
});

it('leaves settings, data and packages of this machine out', () => {
  expect(ignored).toEqual(expect.arrayContaining(['.env', '.env.*', '.data', '.git', 'node_modules', '.next', 'dist']));
});

it('has every folder that the server reads from', () => {
  const copied = named('COPY')
    .filter((line) => line.startsWith('--from=build'))
    .flatMap((line) => line.match(/(?<=\/app\/)[^/\s]+/g) ?? []);
  // Next reads its configuration, and what that names, at each start; the bundled server has its own sources in it.
  const configured = readFileSync('next.config.ts', 'utf8').match(/(?<='\.\/)\w+(?=\/)/g) ?? [];
  expect(configured).toContain('lib');
  const atRunTime = ['dist', '.next', 'drizzle', 'messages', ...configured];
  expect(atRunTime.filter((folder) => !copied.includes(folder))).toEqual([]);
});

it('runs commands that there are, as nobody special, and starts what npm start does', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const runs = text.match(/(?<=npm run )[\w:]+/g) ?? [];
  expect(runs).toEqual(['build']);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(runs));
  const [command = ''] = named('CMD').slice(-1);
  expect(JSON.parse(command).join(' ')).toBe(scripts.start);
  expect(named('USER')).toEqual(['node']);
  expect(instructions.findIndex((line) => line.startsWith('USER'))).toBeLessThan(
    instructions.findIndex((line) => line.startsWith('CMD')),
  );
});

it('listens on all interfaces, for in a container the loopback reaches nobody', () => {
  expect(named('ENV').join(' ')).toContain('HOST=0.0.0.0 ');
});

it('says whether it is healthy by the route that says so', () => {
  const [check = ''] = named('HEALTHCHECK');
  const [, path = ''] = /(?:127\.0\.0\.1:\$\{process\.env\.PORT\})(\/[\w/]+)/.exec(check) ?? [];
  expect(existsSync(`app${path}/route.ts`)).toBe(true);
  // A healthy server in 0, and one that nobody reaches in 1.
  const script: string = JSON.parse(check.slice(check.indexOf('['))).at(-1);
  expect(spawnSync(process.execPath, ['-e', script], { env: { NODE_ENV: 'test', PORT: '1' } }).status).toBe(1);
});
