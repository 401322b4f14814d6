import { byteOrderMark, csvLine, type Dialect } from '@/lib/csv';
import type { Bytes } from './bytes';
import type { Line } from './column';
import type { Table } from './table';

/** A whole CSV file: one header line, no preamble and no footer. The header goes out before the first row is read. */
export async function* csvFile(
  table: Pick<Table, 'header' | 'types'>,
  lines: AsyncIterable<readonly Line[]>,
  dialect: Dialect,
): Bytes {
  yield Buffer.from(byteOrderMark(dialect) + csvLine(table.header, [], dialect));
  for await (const batch of lines) {
    let text = '';
    for (const line of batch) text += csvLine(line, table.types, dialect);
    if (text !== '') yield Buffer.from(text);
  }
}
