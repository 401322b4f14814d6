import { type CellType, digitsOf, isDecimal } from '@/lib/csv';
import { Archive } from './archive';
import type { Bytes } from './bytes';
import type { Line } from './column';
import type { Table } from './table';

/**
 * A workbook (ECMA-376) in which text is text: an id keeps its digits and nothing is a formula. Amounts are written as
 * the digits they are; that Excel reads only fifteen of them is Excel's.
 */
export function xlsxFile(
  name: string,
  table: Pick<Table, 'header' | 'types'>,
  lines: AsyncGenerator<readonly Line[], void, undefined>,
): Bytes {
  return Archive.of(async (archive) => {
    let sheets = 0;
    const rest = new Rest(lines);
    // A sheet has its end, a file has none: what does not fit goes on the next.
    do {
      sheets += 1;
      await archive.add(`xl/worksheets/sheet${sheets}.xml`, sheet(table, rest));
    } while (await rest.hasMore());
    for (const [path, text] of Object.entries(workbook(name, sheets))) archive.addText(path, text);
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

  async stop(): Promise<void> {
    await this.lines.return();
  }
}

async function* sheet({ header, types }: Pick<Table, 'header' | 'types'>, rest: Rest): Bytes {
  let room = MOST_ROWS - 1;
  let whole = false;
  try {
    yield Buffer.from(`${SHEET_HEAD}${rowOf(header, [])}`);
    while (room > 0 && (await rest.hasMore())) {
      const lines = rest.take(room);
      room -= lines.length;
      let text = '';
      for (const line of lines) text += rowOf(line, types);
      yield Buffer.from(text);
    }
    yield Buffer.from('</sheetData></worksheet>');
    whole = true;
  } finally {
    if (!whole) await rest.stop();
  }
}

function rowOf(cells: Line, types: readonly CellType[]): string {
  let row = '<row>';
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    row += cell ? cellOf(cell, types[index] ?? 'text') : '<c/>';
  }
  return `${row}</row>`;
}

function cellOf(cell: string, type: CellType): string {
  if (type === 'decimal' && isDecimal(cell)) return `<c><v>${cell}</v></c>`;
  const text = type === 'phone' ? digitsOf(cell) : cell;
  return `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(cut(text))}</t></is></c>`;
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

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The header stays in sight. */
const SHEET_HEAD = `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;

function workbook(name: string, sheets: number): Readonly<Record<string, string>> {
  const each = (part: (number: number) => string): string =>
    Array.from({ length: sheets }, (_, index) => part(index + 1)).join('');
  const titleOf = (number: number): string => (number === 1 ? name : `${name} ${number}`);
  return {
    '[Content_Types].xml': `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((number) => `<sheet name="${titleOf(number)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${each((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}</Relationships>`,
  };
}
