import { createHash } from 'node:crypto';
import { closeSync, createReadStream, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry, type TarHeader } from 'modern-tar';
import { BackupRefused, FOLDER, MANIFEST, type Manifest, readManifest, SECRETS, SUMS } from './manifest';

const DAMAGED = 'The backup is damaged or cut short.';
const FOREIGN = 'This is not a backup of Tillbell.';
/** What is kept in memory rather than written, and no larger than this. */
const TEXTS: readonly string[] = [MANIFEST, SECRETS, SUMS];
const MAX_TEXT = 4 * 2 ** 20;

/** What a file may become: an empty log shrinks to a thousandth, the whole of a database far less. */
const MAX_GROWTH = 100;
const ALWAYS_ALLOWED = 2 ** 30;
const MAX_ENTRIES = 200_000;

export interface UnpackLimits {
  /** Bytes of all entries together. */
  readonly bytes: number;
  readonly entries: number;
}

export interface Unpacked {
  readonly manifest: Manifest;
  readonly secrets: string | null;
}

/** Reads a backup to its end and checks every sum; `folder`: where its database is put, null to look at it only. */
export async function unpack(
  path: string,
  folder: string | null,
  newestSchema: number,
  limits: UnpackLimits = limitsOf(path),
): Promise<Unpacked> {
  const reader = new Reader(folder, newestSchema, limits);
  try {
    const unzipped = createGunzip();
    const zipped = createReadStream(path).once('error', (error) => unzipped.destroy(error));
    // Node and the browser declare one and the same stream apart.
    const bytes = Readable.toWeb(zipped.pipe(unzipped)) as ReadableStream;
    const entries = bytes.pipeThrough(createTarDecoder({ strict: true }));
    for await (const entry of entries) await reader.take(entry);
    return reader.finish();
  } catch (error) {
    if (error instanceof BackupRefused || isOfTheDisk(error)) throw error;
    throw new BackupRefused(reader.begun ? DAMAGED : FOREIGN, { cause: error });
  }
}

function limitsOf(path: string): UnpackLimits {
  const { size } = statSync(path);
  return { bytes: ALWAYS_ALLOWED + MAX_GROWTH * size, entries: MAX_ENTRIES };
}

class Reader {
  private manifest: Manifest | null = null;
  private bytes = 0;
  private entries = 0;
  private readonly sums = new Map<string, string>();
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly folder: string | null,
    private readonly newestSchema: number,
    private readonly limits: UnpackLimits,
  ) {}

  get begun(): boolean {
    return this.manifest !== null;
  }

  async take({ header, body }: ParsedTarEntry): Promise<void> {
    const { name, size } = header;
    if (!this.begun && name !== MANIFEST) throw new BackupRefused(FOREIGN);
    const isText = TEXTS.includes(name);
    if (!isOurs(header) || this.sums.has(name) || !(isText || isSafe(name))) throw new BackupRefused(DAMAGED);
    this.bytes += size;
    this.entries += 1;
    if (isText && size > MAX_TEXT) throw new BackupRefused(DAMAGED);
    if (this.bytes > this.limits.bytes || this.entries > this.limits.entries)
      throw new BackupRefused('The backup holds far more than a backup of its size does, so it is not restored.');
    if (header.type === 'directory') this.makeFolder(name);
    else if (isText) await this.readText(name, body);
    else await this.readFile(name, body);
  }

  private async readText(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    const bytes = Buffer.concat(parts);
    this.texts.set(name, bytes.toString());
    if (name !== SUMS) this.sums.set(name, createHash('sha256').update(bytes).digest('hex'));
    if (name === MANIFEST) this.manifest = readManifest(bytes.toString(), this.newestSchema);
  }

  private async readFile(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const hash = createHash('sha256');
    const file = this.folder === null ? null : openSync(this.placeOf(name), 'wx', 0o600);
    try {
      for await (const part of body) {
        hash.update(part);
        for (let at = 0; file !== null && at < part.length; ) at += writeSync(file, part, at);
      }
    } finally {
      if (file !== null) closeSync(file);
    }
    this.sums.set(name, hash.digest('hex'));
  }

  finish(): Unpacked {
    if (!this.manifest) throw new BackupRefused(FOREIGN);
    const told = this.texts.get(SUMS);
    const found = [...this.sums].map(([name, sum]) => `${sum}  ${name}\n`).join('');
    if (told !== found) throw new BackupRefused(DAMAGED);
    return { manifest: this.manifest, secrets: this.texts.get(SECRETS) ?? null };
  }

  private makeFolder(name: string): void {
    if (this.folder !== null) mkdirSync(this.placeOf(name), { recursive: true, mode: 0o700 });
  }

  private placeOf(name: string): string {
    const place = join(this.folder ?? '', name.slice(FOLDER.length));
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    return place;
  }
}

/** A plain file or folder: no link, no device, and nothing that the extensions of the format say otherwise. */
function isOurs({ type, linkname, prefix, pax }: TarHeader & { readonly prefix?: string }): boolean {
  return (type === 'file' || type === 'directory') && !linkname && !prefix && pax === undefined;
}

/** Within the folder, whatever the name says. */
function isSafe(name: string): boolean {
  return name.startsWith(FOLDER) && !/(^|\/)\.\.?(\/|$)|\\|\/\/|:|\0/.test(name);
}

/** What the machine says, rather than the backup: that the disk is full, or not ours to write. */
function isOfTheDisk(error: unknown): boolean {
  const ofTheBackup = ['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'EINVAL'];
  return error instanceof Error && 'syscall' in error && 'code' in error && !ofTheBackup.includes(String(error.code));
}
