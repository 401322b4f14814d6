/** Lines of a CSV file (RFC 4180): quoting, the two dialects, and cells that no spreadsheet takes for a formula. */

export const DIALECTS = ['plain', 'excel'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** `text` may be a stranger's; a `decimal` stays a number; a `phone` goes out as digits. */
export type CellType = 'text' | 'decimal' | 'phone';

interface Spelling {
  readonly separator: string;
  /** What must stand in quotes. */
  readonly special: RegExp;
  readonly point: '.' | ',';
  /** What stands before the header. */
  readonly mark: string;
}

const SPELLING = {
  plain: { separator: ',', special: /[",\r\n]/, point: '.', mark: '' },
  /** For Excel where the locale is Ukrainian, Russian or Portuguese. */
  excel: { separator: ';', special: /[";\r\n]/, point: ',', mark: '\uFEFF' },
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
    if (cell) line += quoted(written(cell, types[index] ?? 'text', spelling), spelling);
  }
  return `${line}\r\n`;
}

function written(cell: string, type: CellType, { point }: Spelling): string {
  if (type === 'phone') return digitsOf(cell);
  // A decimal that is none could be anything.
  if (type === 'decimal' && DECIMAL.test(cell)) return point === '.' ? cell : cell.replace('.', point);
  return startsFormula(cell) ? `'${cell}` : cell;
}

/** Digits alone: no spreadsheet calculates with them, whatever stood before them. */
export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '');
}

export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r'].map((sign) => sign.charCodeAt(0));

function startsFormula(cell: string): boolean {
  return FORMULA_STARTS.includes(cell.charCodeAt(0));
}

function quoted(cell: string, { special }: Spelling): string {
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
