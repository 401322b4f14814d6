import { chmodSync, existsSync, rmSync } from 'node:fs';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import { isAbsolute, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getDatabase } from '@/lib/db/client';
import { log } from '@/lib/log/log';
import { copyOf, isEmbedded } from './copy';
import { BackupRefused } from './manifest';

/*
 * How a running server is asked for a backup: a Unix socket in its data folder, which only its owner may open. It gives out
 * the copy and writes no file itself, so it needs no right to write where backups are kept.
 */

const NAME = 'backup.sock';
/** Longer addresses of sockets do not exist on every system. */
const MOST_LETTERS = 100;

export interface BackupServer {
  /** Breaks off a copy that is under way. */
  close(): Promise<void>;
}

/** Null where a socket cannot be: on Windows, or under a path that is too long for one. */
export async function openBackupServer(dataDir: string): Promise<BackupServer | null> {
  const address = addressIn(dataDir);
  if (address === null) return null;
  const underWay = new Set<Promise<void>>();
  const server = createServer((_, response) => {
    if (underWay.size > 0) {
      response.writeHead(409).end();
      return;
    }
    const work = give(dataDir, response).finally(() => underWay.delete(work));
    underWay.add(work);
  });
  // Who held the folder before was killed: this process has its lock.
  rmSync(address, { force: true });
  try {
    await listen(server, address);
  } catch (error) {
    // Not every file system has sockets; payments are taken all the same.
    log('warn', 'Backups cannot be made while this server runs: there is no socket in the data folder', { error });
    return null;
  }
  return {
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all(underWay);
    },
  };
}

async function give(dataDir: string, response: ServerResponse): Promise<void> {
  try {
    const database = await getDatabase();
    if (!isEmbedded(database)) throw new Error('There is no embedded database.');
    response.writeHead(200, { 'content-type': 'application/x-tar' });
    const copy = Readable.from(copyOf(database, dataDir, new Date()), { objectMode: false });
    const closed = new Promise<void>((resolve) => copy.once('close', () => resolve()));
    // A copy that was broken off still has to tell PostgreSQL, which refuses a second backup until then.
    await pipeline(copy, response).finally(() => closed);
  } catch (error) {
    response.destroy();
    log('warn', 'A backup was not finished', { error });
  }
}

/** The copy as the running server makes it; null: none runs that could be asked. */
export function askForCopy(dataDir: string): Promise<Readable | null> {
  const address = addressIn(dataDir);
  if (address === null || !existsSync(address)) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: address, path: '/' }, (response) => {
      if (response.statusCode === 200) resolve(response);
      else reject(new BackupRefused('Another backup is being made: try again when it has ended.'));
    });
    asked.once('error', (error: NodeJS.ErrnoException) => {
      if (['ECONNREFUSED', 'ENOENT'].includes(error.code ?? '')) resolve(null);
      else reject(new BackupRefused(`The running server cannot be asked for a backup: ${error.message}`));
    });
    asked.end();
  });
}

/** From here where that is shorter. */
function addressIn(dataDir: string): string | null {
  if (process.platform === 'win32') return null;
  const whole = join(dataDir, NAME);
  const near = relative('', whole);
  const address = isAbsolute(near) || near.length > whole.length ? whole : near;
  return Buffer.byteLength(address) > MOST_LETTERS ? null : address;
}

/** Private from its first moment on. */
function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const before = process.umask(0o177);
    try {
      server.listen(address, () => {
        chmodSync(address, 0o600);
        resolve();
      });
    } finally {
      process.umask(before);
    }
  });
}
