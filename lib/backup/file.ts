import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { syncPath } from '@/lib/db/pglite-files';
import type { Manifest } from './manifest';
import { unpack } from './unpack';

export interface Written {
  readonly path: string;
  readonly bytes: number;
  readonly manifest: Manifest;
}

/** Writes a copy beside `to` and puts it there when all of it is on the disk and reads back as it should. */
export async function writeBackup(copy: Readable, to: string, newestSchema: number): Promise<Written> {
  const path = resolve(to);
  const draft = `${path}.${process.pid}.part`;
  try {
    // Readable by its owner alone: with it everything can be read that the database holds.
    await pipeline(
      copy,
      createGzip({ level: 1, chunkSize: 2 ** 20 }),
      createWriteStream(draft, { flags: 'wx', mode: 0o600 }),
    );
    const bytes = await synced(draft);
    const { manifest } = await unpack(draft, null, newestSchema);
    await rename(draft, path);
    syncPath(dirname(path));
    return { path, bytes, manifest };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function synced(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
