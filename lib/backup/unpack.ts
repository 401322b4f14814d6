import { createHash, type Hash } from 'node:crypto';
import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { BackupRefused, FOLDER, MANIFEST, type Manifest, readManifest, SECRETS, SUMS } from './manifest';
import { paddingAfter, readTarHead, TAR_BLOCK, type TarHead } from './tar';

const DAMAGED = 'The backup is damaged or cut short.';
const FOREIGN = 'This is not a backup of Tillbell.';
/** What is kept in memory rather than written, and no larger than this. */
const TEXTS: readonly string[] = [MANIFEST, SECRETS, SUMS];
const MOST_TEXT = 4 * 2 ** 20;

export interface Unpacked {
  readonly manifest: Manifest;
  readonly secrets: string | null;
}

/** Reads a backup to its end and checks every sum; `folder`: where its database is put, null to look at it only. */
export async function unpack(path: string, folder: string | null, newestSchema: number): Promise<Unpacked> {
  const reader = new Reader(folder, newestSchema);
  try {
    const unzipped = createGunzip();
    const zipped = createReadStream(path).once('error', (error) => unzipped.destroy(error));
    for await (const chunk of zipped.pipe(unzipped)) reader.take(chunk);
  } catch (error) {
    if (isZlib(error)) throw new BackupRefused(reader.begun ? DAMAGED : FOREIGN);
    throw error;
  } finally {
    reader.close();
  }
  return reader.finish();
}

interface Entry extends TarHead {
  readonly hash: Hash;
  readonly text: Buffer[] | null;
  readonly file: number | null;
  left: number;
}

class Reader {
  private rest: Buffer = Buffer.alloc(0);
  private entry: Entry | null = null;
  private padding = 0;
  private ended = false;
  private manifest: Manifest | null = null;
  private readonly sums = new Map<string, string>();
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly folder: string | null,
    private readonly newestSchema: number,
  ) {}

  get begun(): boolean {
    return this.manifest !== null;
  }

  take(chunk: Buffer): void {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    for (let used = this.step(bytes); used > 0; used = this.step(bytes)) bytes = bytes.subarray(used);
    this.rest = bytes;
  }

  /** How many of these bytes were understood; 0: more are needed. */
  private step(bytes: Buffer): number {
    if (this.ended) return bytes.length;
    if (this.entry) return this.content(this.entry, bytes);
    if (this.padding > 0) {
      const skipped = Math.min(this.padding, bytes.length);
      this.padding -= skipped;
      return skipped;
    }
    if (bytes.length < TAR_BLOCK) return 0;
    this.head(readTarHead(bytes.subarray(0, TAR_BLOCK)));
    return TAR_BLOCK;
  }

  private head(head: TarHead | 'foreign' | null): void {
    if (head === 'foreign') throw new BackupRefused(this.begun ? DAMAGED : FOREIGN);
    if (head === null) {
      this.ended = true;
      return;
    }
    if (!this.begun && head.name !== MANIFEST) throw new BackupRefused(FOREIGN);
    const text = TEXTS.includes(head.name);
    if (!text && !isSafe(head.name)) throw new BackupRefused(DAMAGED);
    if (text && head.size > MOST_TEXT) throw new BackupRefused(DAMAGED);
    if (head.kind === 'folder') this.makeFolder(head.name);
    else this.begin(head, text);
  }

  private begin(head: TarHead, text: boolean): void {
    const file = text || this.folder === null ? null : openSync(this.placeOf(head.name), 'wx', 0o600);
    this.entry = { ...head, hash: createHash('sha256'), text: text ? [] : null, file, left: head.size };
    if (head.size === 0) this.content(this.entry, Buffer.alloc(0));
  }

  private content(entry: Entry, bytes: Buffer): number {
    const part = bytes.subarray(0, entry.left);
    entry.hash.update(part);
    entry.text?.push(Buffer.from(part));
    for (let at = 0; entry.file !== null && at < part.length; ) at += writeSync(entry.file, part, at);
    entry.left -= part.length;
    if (entry.left === 0) this.done(entry);
    return part.length;
  }

  private done({ name, size, hash, text }: Entry): void {
    this.close();
    this.padding = paddingAfter(size);
    if (text) this.texts.set(name, Buffer.concat(text).toString());
    if (name !== SUMS) this.sums.set(name, hash.digest('hex'));
    if (name === MANIFEST) this.manifest = readManifest(this.texts.get(name) ?? '', this.newestSchema);
  }

  close(): void {
    if (this.entry?.file != null) closeSync(this.entry.file);
    this.entry = null;
  }

  finish(): Unpacked {
    if (!this.manifest) throw new BackupRefused(FOREIGN);
    const told = this.texts.get(SUMS);
    const found = [...this.sums].map(([name, sum]) => `${sum}  ${name}\n`).join('');
    if (!this.ended || told !== found) throw new BackupRefused(DAMAGED);
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

/** Within the folder, whatever the name says. */
function isSafe(name: string): boolean {
  return name.startsWith(FOLDER) && !/(^|\/)\.\.?(\/|$)|\\|\/\/|:/.test(name);
}

function isZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
