import { createHash } from 'node:crypto';
import { type AuditEntry, recordAct } from '@/lib/audit/record';
import { outdated } from '@/lib/live-changes';
import type { Access } from '@/lib/staff/access';
import type { Bytes } from './bytes';
import { csvFile } from './csv-file';
import { fileStem } from './file-name';
import type { ExportRequest, Format } from './request';
import { tableOf } from './table';
import { type ControlTotal, Tally } from './tally';
import { type SheetWords, xlsxFile } from './xlsx-file';
import { zipFile } from './zip-file';

export interface ExportFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Bytes;
}

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
} as const satisfies Record<Format, string>;

/** One file as it is downloaded. `query` is what was asked for, for the audit log; `words` are those of a workbook. */
export function exportFile(access: Access, request: ExportRequest, query: string, words?: SheetWords): ExportFile {
  return {
    name: `${fileStem(request)}.${request.format}`,
    contentType: CONTENT_TYPES[request.format],
    bytes: audited(access, request, query, words ?? { sheet: request.view, column: (name) => name }),
  };
}

function contents(access: Access, request: ExportRequest, tally: Tally, words: SheetWords): Bytes {
  if (request.format === 'zip') return zipFile(access, request, tally);
  const table = tableOf(access, request);
  const lines = table.lines(tally);
  if (request.format === 'xlsx') return xlsxFile(words, table, lines);
  return csvFile(table, lines, request.dialect);
}

/** So many bytes of a file are kept until it is on record: nobody has a whole one that is not. */
const KEPT = 2;

const RUNNING = Symbol.for('tillbell.exports');
const shared: typeof globalThis & { [RUNNING]?: number } = globalThis;
/** Each takes a connection of the database and a good part of a processor. */
const MOST_RUNNING = 4;

export function isBusy(): boolean {
  return (shared[RUNNING] ?? 0) >= MOST_RUNNING;
}

async function* audited(access: Access, request: ExportRequest, query: string, words: SheetWords): Bytes {
  const tally = new Tally();
  const hash = createHash('sha256');
  const record = (action: string): Promise<void> =>
    recordAct(access, { ...entryOf(request, query, tally, hash.copy().digest('hex')), action });
  let whole = false;
  shared[RUNNING] = (shared[RUNNING] ?? 0) + 1;
  try {
    let kept = Buffer.alloc(0);
    for await (const piece of contents(access, request, tally, words)) {
      hash.update(piece);
      const bytes = Buffer.concat([kept, piece]);
      kept = bytes.subarray(-KEPT);
      yield bytes.subarray(0, bytes.length - kept.length);
    }
    await record('export.download');
    whole = true;
    yield kept;
  } finally {
    shared[RUNNING] -= 1;
    // Whatever broke it off is told where it is noticed.
    if (!whole) await record('export.broken_off').catch(() => {});
  }
}

function entryOf(request: ExportRequest, query: string, tally: Tally, sha256: string): Omit<AuditEntry, 'action'> {
  const [projectId, ...others] = request.projects;
  return {
    object: request.view,
    ...(projectId && others.length === 0 ? { projectId } : {}),
    detail: { query, rows: tally.rows, sha256, totals: tally.totals().map(totalText).join('; ') },
  };
}

function totalText({ column, unit, sum }: ControlTotal): string {
  return `${column} ${sum} ${unit}`.trim();
}

/** Between two looks at whether this member still may. */
const ACCESS_CHECK_MS = 2_000;

export class AccessLost extends Error {
  override readonly name = 'AccessLost';
}

/**
 * The file at the reader's pace. It breaks off, with an error rather than an end, when the member signs out or loses the
 * role, the projects or the account that it was begun with, also while the reader is not reading.
 */
export function guardedStream(access: Access, bytes: Bytes): ReadableStream<Uint8Array> {
  let stop = (): void => {};
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const look = async (): Promise<void> => {
          const gone = await outdated([access]);
          if (!gone.has(access)) return;
          stop();
          controller.error(new AccessLost('The role or the session changed while the export was running.'));
          await bytes.return();
        };
        // A database that does not answer breaks the export off by itself.
        const timer = setInterval(() => void look().catch(() => {}), ACCESS_CHECK_MS);
        timer.unref();
        stop = () => clearInterval(timer);
      },
      pull: async (controller) => {
        try {
          const { done, value } = await bytes.next();
          if (!done) return controller.enqueue(value);
          stop();
          controller.close();
        } catch (error) {
          stop();
          throw error;
        }
      },
      cancel: async () => {
        stop();
        await bytes.return();
      },
    },
    { highWaterMark: 1 },
  );
}
