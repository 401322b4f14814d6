/** A strict reader of RFC 4180: what the grammar does not allow is an error, never forgiven. */
export function parseCsv(text: string, separator = ','): string[][] {
  if (!text.endsWith('\r\n')) throw new Error('The last line has no end.');
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readBare(text, at, separator);
    row.push(cell.value);
    at = cell.end;
    if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else if (text[at] === separator) at += 1;
    else throw new Error(`Neither a separator nor a line end at ${at}: ${text.slice(at, at + 20)}`);
  }
  for (const { length } of rows) if (length !== rows[0]?.length) throw new Error(`A line of ${length} cells.`);
  return rows;
}

interface Read {
  readonly value: string;
  readonly end: number;
}

function readQuoted(text: string, start: number): Read {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) throw new Error(`A quote that was opened at ${start} and never closed.`);
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function readBare(text: string, start: number, separator: string): Read {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\r') end += 1;
  const value = text.slice(start, end);
  if (/["\n]/.test(value)) throw new Error(`A quote or a line feed in a bare cell: ${value}`);
  return { value, end };
}

/** The lines under the header, each by the names in it. */
export function csvRecords(text: string, separator = ','): Record<string, string>[] {
  const [header = [], ...rows] = parseCsv(text, separator);
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}
