import { closeSync, fsync, openSync, readFileSync, write } from 'node:fs';
import { promisify } from 'node:util';

const syncToDisk = promisify(fsync);
const writeText: (file: number, text: string) => Promise<unknown> = promisify(write);

/**
 * Every answer of 200, on the disk before the generator goes on: what is in it has been promised to a provider. One
 * line an answer, which names what the postback said.
 */
export class Journal {
  private readonly file: number;
  private waiting: string[] = [];
  private writing: Promise<void> | null = null;
  private lines = 0;

  constructor(readonly path: string) {
    this.file = openSync(path, 'a');
  }

  get length(): number {
    return this.lines;
  }

  /** Resolved once it is on the disk; answers that come together share a sync. */
  async add(content: string): Promise<void> {
    this.waiting.push(content);
    this.lines += 1;
    while (this.writing) await this.writing;
    if (this.waiting.length === 0) return;
    const lines = this.waiting;
    this.waiting = [];
    this.writing = this.write(lines);
    await this.writing;
  }

  close(): void {
    closeSync(this.file);
  }

  private async write(lines: readonly string[]): Promise<void> {
    try {
      await writeText(this.file, `${lines.join('\n')}\n`);
      await syncToDisk(this.file);
    } finally {
      this.writing = null;
    }
  }
}

/** How often each content was answered with 200. */
export function readJournal(path: string): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line !== '') times.set(line, (times.get(line) ?? 0) + 1);
  }
  return times;
}
