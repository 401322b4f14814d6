import { type CellType, digitsOf, isDecimal } from '@/lib/csv';
import { Archive } from './archive';
import type { Bytes } from './bytes';
import type { Line } from './column';
import type { Table } from './table';
import { columnName, isExactNumber, serialOf, sheetParts, styleOf, XML_DECLARATION } from './xlsx-parts';

/** What a workbook says in the reader's language. */
export interface SheetWords {
  readonly sheet: string;
  readonly column: (name: string) => string;
}

/**
 * A workbook (ECMA-376) in which text is text: an id keeps its digits and nothing is a formula. Dates are dates, and
 * amounts are numbers as far as Excel's fifteen digits hold them exactly; a longer one is text, all of it.
 */
export function xlsxFile(
  words: SheetWords,
  table: Pick<Table, 'header' | 'types'>,
  lines: AsyncGenerator<readonly Line[], void, undefined>,
): Bytes {
  const named = { header: table.header.map(words.column), types: table.types };
  return Archive.of(async (archive) => {
    const ranges: string[] = [];
    const rest = new Rest(lines);
    // A sheet has its end, a file has none: what does not fit goes on the next.
    do {
      const sheet = new Sheet(named, rest);
      await archive.add(`xl/worksheets/sheet${ranges.length + 1}.xml`, sheet.bytes());
      ranges.push(sheet.range());
    } while (await rest.hasMore());
    for (const [path, text] of Object.entries(sheetParts(words.sheet, ranges))) archive.addText(path, text);
  });
}

const MOST_ROWS = 1_048_576;
/** Excel takes a longer text for a broken file. */
const MOST_CHARACTERS = 32_767;

/** The batches of lines, of which a sheet may take a part. */
class Rest {
  private batch: readonly Line[] = [];
  private ended = false;

  constructor(private readonly lines: AsyncGenerator<readonly Line[], void, undefined>) {}

  async hasMore(): Promise<boolean> {
    while (this.batch.length === 0 && !this.ended) {
      const { done, value } = await this.lines.next();
      this.ended = done === true;
      this.batch = value ?? [];
    }
    return this.batch.length > 0;
  }

  take(most: number): readonly Line[] {
    const taken = this.batch.slice(0, most);
    this.batch = this.batch.slice(most);
    return taken;
  }

  /** The lines that were read and not yet taken. */
  first(): readonly Line[] {
    return this.batch;
  }

  async stop(): Promise<void> {
    await this.lines.return();
  }
}

/** One sheet, written as its rows are read; how far it reaches is known at its end. */
class Sheet {
  private rows = 1;

  constructor(
    private readonly table: Pick<Table, 'header' | 'types'>,
    private readonly rest: Rest,
  ) {}

  range(): string {
    return `A1:${columnName(this.table.header.length)}${this.rows}`;
  }

  async *bytes(): Bytes {
    const { rest, table } = this;
    let whole = false;
    try {
      await rest.hasMore();
      const header = table.header.map((name) => cellOf(name, 'text', styleOf('header'))).join('');
      yield Buffer.from(`${headOf(widthsOf(table, rest.first()))}<row>${header}</row>`);
      while (this.rows < MOST_ROWS && (await rest.hasMore())) {
        const lines = rest.take(MOST_ROWS - this.rows);
        this.rows += lines.length;
        let text = '';
        for (const line of lines) text += rowOf(line, table.types);
        yield Buffer.from(text);
      }
      yield Buffer.from(this.end());
      whole = true;
    } finally {
      if (!whole) await rest.stop();
    }
  }

  /** Long ids and amounts stand there as text on purpose, so Excel need not mark them. */
  private end(): string {
    const range = this.range();
    return `</sheetData><autoFilter ref="${range}"/><ignoredErrors><ignoredError sqref="${range}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
  }
}

/** The header stays in sight. */
function headOf(widths: readonly number[]): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `${XML_DECLARATION}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

const NARROWEST = 8;
const WIDEST = 48;
/** For the arrow of the filter. */
const ARROW = 4;

/** As wide as the header and the first rows, within reason: the others are not there yet. */
function widthsOf({ header, types }: Pick<Table, 'header' | 'types'>, first: readonly Line[]): readonly number[] {
  return header.map((name, index) => {
    const cells = first.map((line) => (types[index] === 'time' ? TIME_WIDTH : (line[index]?.length ?? 0)));
    return Math.min(WIDEST, Math.max(NARROWEST, name.length + ARROW, ...cells.map((length) => length + 2)));
  });
}

const TIME_WIDTH = '2026-01-27 12:30:00'.length;

function rowOf(cells: Line, types: readonly CellType[]): string {
  let row = '<row>';
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    row += cell ? typedCell(cell, types[index] ?? 'text') : '<c/>';
  }
  return `${row}</row>`;
}

function typedCell(cell: string, type: CellType): string {
  if (type === 'decimal' && isDecimal(cell)) {
    if (!isExactNumber(cell)) return cellOf(cell, type, styleOf('long'));
    return `<c s="${styleOf(cell)}"><v>${cell}</v></c>`;
  }
  if (type === 'time') {
    const serial = serialOf(cell);
    if (serial !== null) return `<c s="${styleOf('time')}"><v>${serial}</v></c>`;
  }
  return cellOf(cell, type, styleOf('text'));
}

function cellOf(cell: string, type: CellType, style: number): string {
  const text = type === 'phone' ? digitsOf(cell) : cell;
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cut(text))}</t></is></c>`;
}

function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const mark = `… (${text.length} characters; the CSV file has them all)`;
  return text.slice(0, MOST_CHARACTERS - mark.length).replace(/\p{Cs}$/u, '') + mark;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What XML cannot hold is written `_x001F_`, as the standard has it, and what looks like that is told apart. */
function xmlText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Cs}/gu, (sign) => {
      return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
    });
}
