import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { giveAway, makePostgresFiles, type PostgresFiles } from './testing-postgres-files';

export interface RunningPostgres {
  /** Of its first database, as its superuser. */
  readonly url: string;
  /** As after a crash: nobody is told, and it comes up again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL of one's own: in a temporary folder, on a free port, never as root, gone when this process is.
 * `fsync` is on unless told otherwise, as where money is kept.
 */
export async function startPostgres({ fsync = true } = {}): Promise<RunningPostgres> {
  const files = makePostgresFiles();
  await initialise(files);
  const port = await freePort();
  let server = await startServer(files, port, fsync);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    restart: async () => {
      await endServer(server, 'again');
      server = await startServer(files, port, fsync);
    },
    stop: async () => {
      await endServer(server, 'end');
      await rm(files.folder, { recursive: true, force: true });
    },
  };
}

/** Makes a database on the server of `serverUrl`, a copy of `template` where one is named, and returns its URL. */
export async function createDatabase(serverUrl: string, name: string, template = 'template1'): Promise<string> {
  await command(serverUrl, `create database "${name}" template "${template}"`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export function dropDatabase(serverUrl: string, name: string): Promise<void> {
  return command(serverUrl, `drop database if exists "${name}" with (force)`);
}

async function initialise(files: PostgresFiles): Promise<void> {
  const program = join(files.programs, 'initdb');
  const options = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '-D', 'data'];
  giveAway(files);
  await promisify(execFile)(program, options, { ...files.account, cwd: files.folder, env: environment() });
}

/** Its messages in English, for `ready` to read. */
function environment(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'test', LC_ALL: 'C' };
}

/*
 * The server's parent is a shell that waits for our end of a pipe: when this process dies, however it dies, the pipe
 * closes, and server and folder go too. Signals to the whole group (Ctrl+C) are not for the guard. Told `again`, it kills the server without a goodbye and leaves the folder.
 */
const GUARD = `
trap '' INT TERM HUP
"$@" & server=$!
read -r word
if [ "$word" = again ]; then kill -QUIT $server; wait $server
else kill -INT $server; wait $server; rm -rf "$PWD"
fi`;

async function startServer(files: PostgresFiles, port: number, fsync: boolean): Promise<ChildProcess> {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    fsync: fsync ? 'on' : 'off',
    // Above errors, which tests provoke, and still with the line that says the server is ready.
    log_min_messages: 'log',
    shared_buffers: '64MB',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = [join(files.programs, 'postgres'), '-D', join(files.folder, 'data'), ...options];
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', ...server], {
    ...files.account,
    cwd: files.folder,
    env: environment(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  await ready(child);
  return child;
}

const START_MS = 60_000;

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (): void => reject(new Error(`PostgreSQL does not start: ${said}`));
    const timer = setTimeout(fail, START_MS).unref();
    child.once('error', reject).once('exit', fail);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      if (said.includes('ready to accept connections')) {
        clearTimeout(timer);
        child.off('exit', fail);
        resolve();
      } else if (FAILS.test(said)) fail();
    });
  });
}

/** Who asks while it is still starting is told so, and that is logged too. */
const FAILS = /FATAL: +(?! |the database system is )/;

async function endServer(server: ChildProcess, word: 'again' | 'end'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.stdin?.end(`${word}\n`);
  await ended;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function command(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
