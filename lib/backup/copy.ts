import { createHash } from 'node:crypto';
import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@/lib/db/client';
import type { EmbeddedDatabase } from '@/lib/db/pglite';
import { getEnv } from '@/lib/env';
import { yieldToPriorityWork } from '@/lib/priority';
import { FOLDER, MANIFEST, makeManifest, SECRETS, SUMS } from './manifest';
import { paddingAfter, TAR_END, tarHead } from './tar';

/*
 * PostgreSQL's own online backup: between `pg_backup_start` and `pg_backup_stop` the files are copied as they happen to be, and
 * the write-ahead log of that time, which is copied last, makes them whole when they are next opened. Whatever was committed
 * before the stop is in it. Nobody waits for more than the checkpoint at its beginning.
 */

const START = {
  name: null,
  text: `select pg_walfile_name(lsn)::text as first,
           (select max(created_at)::text from drizzle.__drizzle_migrations) as schema
         from pg_backup_start('tillbell', true) as lsn`,
};
const STOP = {
  name: null,
  text: 'select pg_walfile_name(lsn)::text as last, labelfile as label from pg_backup_stop(false)',
};

/** What PostgreSQL makes anew at each start, and the log, of which only a part is needed. */
const LEFT_EMPTY = /^pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)\/./;
/** The control file comes after the stop, and the label with it. */
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|global\/pg_control|.*\/(pgsql_tmp|pg_internal\.init).*)$/;
const CHUNK = 256 * 1024;
const GATHERED = 2 ** 20;
const SLICE_MS = 4;

type Chunks = AsyncGenerator<Uint8Array, void, undefined>;

export function isEmbedded(database: Database): database is EmbeddedDatabase {
  return database.driver === 'pglite';
}

/** The whole deployment as a tar, while it goes on working. */
export async function* copyOf(database: EmbeddedDatabase, dataDir: string, now: Date): Chunks {
  const { files } = database;
  if (!files) throw new Error('A database in memory has no files to copy.');
  const release = await files.hold();
  try {
    yield* gathered(new Copy(database, files.folder, now).chunks(dataDir));
  } finally {
    release();
  }
}

/** Whoever takes them spends a turn of the event loop on each, however small. */
async function* gathered(chunks: Chunks): Chunks {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size < GATHERED) continue;
    yield Buffer.concat(parts);
    parts = [];
    size = 0;
  }
  yield Buffer.concat(parts);
}

class Copy {
  private readonly sums: string[] = [];
  private stopped = false;
  private since = performance.now();

  constructor(
    private readonly database: EmbeddedDatabase,
    private readonly folder: string,
    private readonly now: Date,
  ) {}

  async *chunks(dataDir: string): Chunks {
    const [started] = await this.database.run<{ first: string; schema: string }>(START, []);
    if (!started) throw new Error('The backup did not start.');
    try {
      yield* this.head(dataDir, started.schema);
      yield* this.tree('');
      const { last, label } = await this.stop();
      yield* this.text(`${FOLDER}backup_label`, label);
      yield* this.file('global/pg_control');
      yield* this.log(started.first, last);
    } finally {
      if (!this.stopped) await this.stop();
    }
    yield* this.text(SUMS, this.sums.join(''));
    yield TAR_END;
  }

  private async stop(): Promise<{ readonly last: string; readonly label: string }> {
    this.stopped = true;
    const [row] = await this.database.run<{ last: string; label: string }>(STOP, []);
    if (!row) throw new Error('The backup did not stop.');
    return row;
  }

  private async *head(dataDir: string, schema: string): Chunks {
    const { keyIsGenerated, encryptionKeys } = getEnv();
    const facts = { createdAt: this.now.toISOString(), schema, keys: encryptionKeys.map(({ id }) => id) };
    const manifest = makeManifest({ ...facts, keysIncluded: keyIsGenerated });
    yield* this.text(MANIFEST, `${JSON.stringify(manifest)}\n`);
    const secrets = unlessMissing(() => readFileSync(join(dataDir, SECRETS), 'utf8'));
    if (secrets !== null) yield* this.text(SECRETS, secrets);
  }

  private async *tree(path: string): Chunks {
    yield tarHead({ name: FOLDER + path, size: 0, kind: 'folder' }, this.now);
    // A table that was dropped since is no part of what is restored.
    const entries = unlessMissing(() => readdirSync(join(this.folder, path), { withFileTypes: true }));
    const sorted = entries?.sort((one, other) => (one.name < other.name ? -1 : 1)) ?? [];
    for (const entry of sorted) yield* this.entry(path + entry.name, entry);
  }

  private async *entry(path: string, entry: Dirent): Chunks {
    if (LEFT_EMPTY.test(path) || LEFT_OUT.test(path)) return;
    if (entry.isDirectory()) yield* this.tree(`${path}/`);
    else if (entry.isFile()) yield* this.file(path);
  }

  private async *log(first: string, last: string): Chunks {
    const names = readdirSync(join(this.folder, 'pg_wal'));
    const needed = names.filter((name) => /^[\dA-F]{24}$/.test(name) && name >= first && name <= last);
    for (const name of needed.sort()) yield* this.file(`pg_wal/${name}`);
  }

  /** As long as it was when it was opened: the log says what became of the rest. */
  private async *file(path: string): Chunks {
    const file = unlessMissing(() => openSync(join(this.folder, path), 'r'));
    if (file === null) return;
    try {
      const { size } = fstatSync(file);
      const hash = createHash('sha256');
      yield tarHead({ name: FOLDER + path, size, kind: 'file' }, this.now);
      for (let at = 0; at < size; ) {
        const buffer = Buffer.alloc(Math.min(CHUNK, size - at));
        const read = readSync(file, buffer, 0, buffer.length, at);
        // Cut shorter meanwhile: zeros stand for what is gone.
        const chunk = read > 0 ? buffer.subarray(0, read) : buffer;
        at += chunk.length;
        hash.update(chunk);
        yield chunk;
        await this.pause();
      }
      yield* this.closed(FOLDER + path, size, hash.digest('hex'));
    } finally {
      closeSync(file);
    }
  }

  /** Thousands of small files are read at once, a few milliseconds at a time: a turn of the event loop each would last for ever. */
  private async pause(): Promise<void> {
    if (performance.now() - this.since < SLICE_MS) return;
    await yieldToPriorityWork();
    this.since = performance.now();
  }

  private async *text(name: string, text: string): Chunks {
    const bytes = Buffer.from(text);
    yield tarHead({ name, size: bytes.length, kind: 'file' }, this.now);
    yield bytes;
    yield* this.closed(name, bytes.length, createHash('sha256').update(bytes).digest('hex'));
  }

  private async *closed(name: string, size: number, sum: string): Chunks {
    this.sums.push(`${sum}  ${name}\n`);
    yield new Uint8Array(paddingAfter(size));
  }
}

function unlessMissing<Result>(act: () => Result): Result | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
