import { createHash } from 'node:crypto';
import { type AuditEntry, recordAct } from '@/lib/audit/record';
import { MASK } from '@/lib/field-rules';
import { outdated } from '@/lib/live-changes';
import { peopleAskedBy } from '@/lib/search/query';
import type { Access } from '@/lib/staff/access';
import type { Bytes } from './bytes';
import { csvFile } from './csv-file';
import { fileStem } from './file-name';
import type { ExportRequest, Format } from './request';
import { countExport } from './running';
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

async function* audited(access: Access, request: ExportRequest, query: string, words: SheetWords): Bytes {
  const tally = new Tally();
  const hash = createHash('sha256');
  const record = (action: string): Promise<void> =>
    recordAct(access, { ...entryOf(request, query, tally, hash.copy().digest('hex')), action });
  let whole = false;
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
    // Whatever broke it off is told where it is noticed.
    if (!whole) await record('export.broken_off').catch(() => {});
  }
}

function entryOf(request: ExportRequest, query: string, tally: Tally, sha256: string): Omit<AuditEntry, 'action'> {
  const [projectId, ...others] = request.projects;
  return {
    object: request.view,
    ...(projectId && others.length === 0 ? { projectId } : {}),
    detail: {
      query: withoutPeople(query, request),
      rows: tally.rows,
      sha256,
      totals: tally.totals().map(totalText).join('; '),
    },
  };
}

/** Whoever reads the audit log need not see who the customer is that was looked for. */
function withoutPeople(
  query: string,
  {
    filters: {
      invoices: { q },
    },
  }: ExportRequest,
): string {
  const { phone, email, name } = peopleAskedBy(q);
  if (phone.length + email.length + name.length === 0) return query;
  const parameters = new URLSearchParams(query);
  parameters.set('q', MASK);
  return parameters.toString();
}

function totalText({ column, unit, sum }: ControlTotal): string {
  return `${column} ${sum} ${unit}`.trim();
}

/** Between two looks at whether this member still may. */
const ACCESS_CHECK_MS = 2_000;

export class AccessLost extends Error {
  override readonly name = 'AccessLost';
}

/** A download that nobody reads holds a connection of the database and a moment of its past. */
const UNREAD_MS = 60_000;

export class Unread extends Error {
  override readonly name = 'Unread';
}

/**
 * The file at the reader's pace. It breaks off, with an error rather than an end, when nobody reads it for a minute, and when the
 * member signs out or loses the role, the projects or the account that it was begun with, also while the reader is not reading.
 */
export function guardedStream(access: Access, bytes: Bytes, unreadMs = UNREAD_MS): ReadableStream<Uint8Array> {
  const ended = countExport(access);
  let unread: NodeJS.Timeout | undefined;
  let look: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(look);
    clearTimeout(unread);
  };
  const giveUp = async (): Promise<void> => {
    stop();
    await bytes.return().finally(ended);
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const lookAgain = async (): Promise<void> => {
          const gone = await outdated([access]);
          if (!gone.has(access)) return;
          controller.error(new AccessLost('The role or the session changed while the export was running.'));
          await giveUp();
        };
        // A database that does not answer breaks the export off by itself.
        look = setInterval(() => void lookAgain().catch(() => {}), ACCESS_CHECK_MS);
        look.unref();
      },
      pull: async (controller) => {
        clearTimeout(unread);
        try {
          const { done, value } = await bytes.next();
          if (done) {
            stop();
            ended();
            return controller.close();
          }
          controller.enqueue(value);
        } catch (error) {
          stop();
          ended();
          throw error;
        }
        unread = setTimeout(() => {
          controller.error(new Unread('Nobody read the export for a minute.'));
          void giveUp().catch(() => {});
        }, unreadMs);
        unread.unref();
      },
      cancel: giveUp,
    },
    { highWaterMark: 1 },
  );
}
