/** Lines of a CSV file (RFC 4180): quoting, the two dialects, and cells that no spreadsheet takes for a formula. */

export const DIALECTS = ['plain', 'excel'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** `text` may be a stranger's; a `decimal` stays a number; a `time` is ISO text; a `phone` goes out as digits. */
export type CellType = 'text' | 'decimal' | 'time' | 'phone';

interface Spelling {
  readonly separator: string;
  readonly point: '.' | ',';
  /** What stands before the header. */
  readonly mark: string;
}

const SPELLING = {
  plain: { separator: ',', point: '.', mark: '' },
  /** For Excel where the locale is Ukrainian, Russian or Portuguese. */
  excel: { separator: ';', point: ',', mark: '\uFEFF' },
} as const satisfies Record<Dialect, Spelling>;

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

export function byteOrderMark(dialect: Dialect): string {
  return SPELLING[dialect].mark;
}

/** One line with its end. `types` are those of the cells, in their order. */
export function csvLine(cells: readonly (string | null)[], types: readonly CellType[], dialect: Dialect): string {
  const spelling = SPELLING[dialect];
  // A line of nothing would be no line to a reader that skips blank ones.
  if (cells.length === 1 && !cells[0]) return '""\r\n';
  let line = '';
  for (let index = 0; index < cells.length; index += 1) {
    if (index > 0) line += spelling.separator;
    const cell = cells[index];
    if (cell) line += written(cell, types[index] ?? 'text', spelling);
  }
  return `${line}\r\n`;
}

function written(cell: string, type: CellType, { point }: Spelling): string {
  if (type === 'phone') return digitsOf(cell);
  // A decimal that is none could be anything.
  if (type === 'decimal' && DECIMAL.test(cell)) return point === '.' ? cell : quotedIfSpecial(cell.replace('.', point));
  if (PLAIN_START.test(cell)) return quotedIfSpecial(cell);
  return FORMULA.test(cell) ? quoted(`'${cell}`) : quotedIfSpecial(cell);
}

/** Digits alone: no spreadsheet calculates with them, whatever stood before them. */
export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '');
}

export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** The separators of either dialect and of LibreOffice, which splits at all of them; quotes and line ends. */
const SPECIAL = /[,;\t"\r\n]/;
/** Most cells, of which nothing can be a formula. */
const PLAIN_START = /^(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}][^,;\t]*$/u;
/**
 * A sign that begins a formula, in full width and the minus of typography too, or a tab or line end: where the first visible character of the cell
 * stands or behind a separator, for a reader that splits the cell there.
 */
const FORMULA =
  /(?:^|[,;\t])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}\p{Cs}\p{Co}\p{Cn}\u2800\p{Zs}\p{Zl}\p{Zp}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\t\r\n]/u;

function quotedIfSpecial(cell: string): string {
  return SPECIAL.test(cell) ? quoted(cell) : cell;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
