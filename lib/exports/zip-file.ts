import type { Access } from '@/lib/staff/access';
import { Archive } from './archive';
import type { Bytes } from './bytes';
import type { Line } from './column';
import { csvFile } from './csv-file';
import { fileStem, partName } from './file-name';
import { partsOf } from './parts';
import { mostRows } from './preset-names';
import type { ExportRequest } from './request';
import { type Table, tableOf } from './table';
import type { Tally } from './tally';

/** CSV files in one: of money a currency each, and no more lines than the program takes that they are for. */
export function zipFile(access: Access, request: ExportRequest, tally: Tally): Bytes {
  const stem = fileStem(request);
  return Archive.of(async (archive) => {
    const parts = request.view === 'invoices' ? await partsOf(access, request) : [];
    // Nothing found is said by a header, never by an empty archive.
    if (parts.length === 0) {
      const table = tableOf(access, request);
      await archive.add(`${stem}.csv`, csvFile(table, table.lines(tally), request.dialect));
    }
    for (const [place, { unit, condition }] of parts.entries()) {
      const table = tableOf(access, request, condition);
      // Two currencies may differ in signs that no file name has.
      const alike = parts.slice(0, place).filter((part) => partName('', part.unit, null) === partName('', unit, null));
      const name = alike.length === 0 ? unit : `${unit}-${alike.length + 1}`;
      await addFiles(archive, table, tally, request, (number) => partName(stem, name, number));
    }
  });
}

async function addFiles(
  archive: Archive,
  table: Table,
  tally: Tally,
  { dialect, preset }: ExportRequest,
  nameOf: (number: number | null) => string,
): Promise<void> {
  const most = mostRows(preset);
  if (most === null) return archive.add(nameOf(null), csvFile(table, table.lines(tally), dialect));
  const lines = table.lines(tally);
  try {
    let number = 0;
    for await (const batch of inFiles(lines, most)) {
      number += 1;
      await archive.add(nameOf(number), csvFile(table, one(batch), dialect));
    }
  } finally {
    await lines.return();
  }
}

/** So few lines that a file of them may be held. */
async function* inFiles(
  lines: AsyncIterable<readonly Line[]>,
  most: number,
): AsyncGenerator<readonly Line[], void, undefined> {
  let held: Line[] = [];
  for await (const batch of lines) {
    held.push(...batch);
    while (held.length >= most) {
      yield held.slice(0, most);
      held = held.slice(most);
    }
  }
  if (held.length > 0) yield held;
}

async function* one(batch: readonly Line[]): AsyncGenerator<readonly Line[], void, undefined> {
  yield batch;
}
