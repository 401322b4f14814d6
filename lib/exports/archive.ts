import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Bytes } from './bytes';

/** A ZIP whose entries are written one after the other while it is read; nothing of it is kept. */
export class Archive {
  private readonly zip = new ZipFile();
  private readonly out = new PassThrough();
  private current: Readable | null = null;
  /** Fixed, so that the same contents make the same file. */
  private readonly options = { mtime: new Date('2020-01-01T00:00:00Z'), forceDosTimestamp: true };

  private constructor() {
    this.zip.outputStream.pipe(this.out);
    this.zip.on('error', (error: Error) => this.fail(error));
    // Whoever stops reading stops what is read for it.
    this.out.once('close', () => this.current?.destroy());
  }

  /** Ends when the entry has been read to its last byte. */
  async add(name: string, bytes: Bytes): Promise<void> {
    this.current = Readable.from(bytes, { objectMode: false, highWaterMark: 1 });
    const read = finished(this.current, { writable: false });
    this.zip.addReadStream(this.current, name, this.options);
    if (this.out.destroyed) this.current.destroy();
    await read;
  }

  addText(name: string, text: string): void {
    this.zip.addBuffer(Buffer.from(text), name, this.options);
  }

  private fail(error: unknown): void {
    this.out.destroy(error instanceof Error ? error : new Error(String(error)));
  }

  /** What `fill` puts in, as it puts it in. */
  static async *of(fill: (archive: Archive) => Promise<void>): Bytes {
    const archive = new Archive();
    void fill(archive).then(
      () => archive.zip.end(),
      (error: unknown) => archive.fail(error),
    );
    for await (const chunk of archive.out) yield chunk;
  }
}
