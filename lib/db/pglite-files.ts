import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PGliteOptions } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';

/*
 * PGlite never syncs: it starts PostgreSQL with `-F`, and its file layer (Emscripten's NODEFS) has no fsync, so that what
 * was acknowledged survives kill -9 but not a power cut. Here the file layer gets one. This leans on the inside of
 * @electric-sql/pglite 0.5 in two places, `preRun` and `NODEFS.stream_ops`; `warnIfNotDurable` in pglite.ts finds out at each
 * start whether it still holds.
 */

type Filesystem = NonNullable<PGliteOptions['fs']>;

/** In place of PGlite's own: without `-F`. Of the ways to sync only `fsync` reaches the file layer. */
export function startParams(defaults: readonly string[]): string[] {
  return [...defaults.filter((part) => part !== '-F'), '-c', 'fsync=on', '-c', 'wal_sync_method=fsync'];
}

const nodefs = z.object({
  stream_ops: z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null),
  tryFSOperation: z.custom<(operation: () => void) => void>((value) => typeof value === 'function'),
});
const stream = z.object({ nfd: z.number() });

export interface SyncCounter {
  syncs: number;
}

/** The folder as PGlite's file system, with a real fsync that counts its calls. */
export function durableFolder(path: string, counter: SyncCounter): Filesystem {
  const folder = new NodeFS(path);
  const init = folder.init.bind(folder);
  folder.init = async (pglite, options) => {
    const made = await init(pglite, options);
    const preRun = made.emscriptenOpts.preRun ?? [];
    return {
      emscriptenOpts: { ...made.emscriptenOpts, preRun: [...preRun, (module) => addFsync(module.NODEFS, counter)] },
    };
  };
  return folder;
}

function addFsync(layer: unknown, counter: SyncCounter): void {
  const found = nodefs.safeParse(layer);
  if (!found.success) return;
  const { stream_ops, tryFSOperation } = found.data;
  stream_ops.fsync = (opened: unknown): number => {
    const { nfd } = stream.parse(opened);
    // Turns Node's errors into the numbers that PostgreSQL expects: it stops rather than believe a failed sync.
    tryFSOperation(() => syncFile(nfd));
    counter.syncs += 1;
    return 0;
  };
}

/** Windows has no sync for folders, and needs none. */
function syncFile(file: number): void {
  try {
    fsyncSync(file);
  } catch (error) {
    const windows = process.platform === 'win32' && error instanceof Error && 'code' in error && error.code === 'EPERM';
    if (!windows) throw error;
  }
}

/** Syncs a folder and all below it: what PGlite unpacks for a new database goes past its file layer's fsync. */
export function syncTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) syncTree(child);
    else if (entry.isFile()) syncPath(child);
  }
  syncPath(path);
}

export function syncPath(path: string): void {
  const windows = process.platform === 'win32';
  // Windows syncs only what is open for writing, and cannot open folders.
  let file: number;
  try {
    file = openSync(path, windows ? 'r+' : 'r');
  } catch (error) {
    if (windows) return;
    throw error;
  }
  try {
    syncFile(file);
  } finally {
    closeSync(file);
  }
}
