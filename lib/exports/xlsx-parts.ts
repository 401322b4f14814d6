/** The parts of a workbook that do not grow with its rows, and how a value is written in it. */

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What Excel keeps of a number. */
const EXACT_DIGITS = 15;

/** Whether a spreadsheet's number is this decimal; zeros at its ends are no digits. */
export function isExactNumber(decimal: string): boolean {
  const digits = decimal.replace('-', '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return digits.length <= EXACT_DIGITS;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?/;
const DAY_MS = 86_400_000;
/** Days from Excel's day 0 to 1970. */
const EPOCH = 25_569;
/** 1 March 1900: Excel takes the year before it for a leap year. */
const FIRST_DAY = 61;

/** Days since 1900 to the millisecond, as a spreadsheet counts them; null for what it has no date for. */
export function serialOf(text: string): string | null {
  const [, year, month, day, hour, minute, second, millisecond = '0'] = TIME.exec(text) ?? [];
  if (year === undefined) return null;
  const [y, mo, d, h, mi, s, ms] = [year, month, day, hour, minute, second, millisecond].map(Number);
  const time = Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi, s, ms);
  const serial = time / DAY_MS + EPOCH;
  return serial >= FIRST_DAY ? String(serial) : null;
}

/** `A`, `Z`, `AA`: from 1. */
export function columnName(place: number): string {
  const [before, letter] = [Math.floor((place - 1) / 26), String.fromCharCode(65 + ((place - 1) % 26))];
  return before === 0 ? letter : columnName(before) + letter;
}

/** In the order of `cellXfs`; after them one for each number of decimals. */
const STYLES = ['plain', 'header', 'time', 'text', 'long'] as const;
/** More decimals than Excel's formats take. */
const MOST_DECIMALS = 30;
const FIRST_FORMAT = 164;

/** Of a kind of cell, or of a decimal: shown with the decimals that were sent. */
export function styleOf(kindOrDecimal: string): number {
  const place = (STYLES as readonly string[]).indexOf(kindOrDecimal);
  if (place !== -1) return place;
  const point = kindOrDecimal.indexOf('.');
  const decimals = point === -1 ? 0 : kindOrDecimal.length - point - 1;
  return STYLES.length + Math.min(decimals, MOST_DECIMALS);
}

function stylesXml(): string {
  const decimals = Array.from({ length: MOST_DECIMALS + 1 }, (_, count) =>
    count === 0 ? '0' : `0.${'0'.repeat(count)}`,
  );
  const formats = ['yyyy\\-mm\\-dd\\ hh:mm:ss', ...decimals];
  const numFmts = formats.map((code, index) => `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${code}"/>`);
  const xf = (format: number, font = 0, alignment = ''): string => {
    const applied = `numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"`;
    return alignment
      ? `<xf ${applied} applyAlignment="1"><alignment ${alignment}/></xf>`
      : `<xf ${applied}${font > 0 ? ' applyFont="1"' : ''}/>`;
  };
  const TEXT = 49;
  const cellXfs = [
    xf(0),
    xf(TEXT, 1),
    xf(FIRST_FORMAT),
    xf(TEXT),
    xf(TEXT, 0, 'horizontal="right"'),
    ...decimals.map((_, index) => xf(FIRST_FORMAT + 1 + index)),
  ];
  const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>';
  return `${XML_DECLARATION}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${numFmts.join('')}</numFmts><fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cellXfs.length}">${cellXfs.join('')}</cellXfs></styleSheet>`;
}

const MOST_TITLE = 28;

/** What Excel takes as the name of a sheet. */
function titled(name: string): string {
  return (
    name
      .replace(/[\\/?*[\]:'<>&"]/g, ' ')
      .slice(0, MOST_TITLE)
      .trim() || 'Sheet'
  );
}

/** Everything beside the sheets. `ranges`: what the filter of each covers. */
export function sheetParts(name: string, ranges: readonly string[]): Readonly<Record<string, string>> {
  const each = (part: (number: number, range: string) => string): string =>
    ranges.map((range, index) => part(index + 1, range)).join('');
  const titleOf = (number: number): string => (number === 1 ? titled(name) : `${titled(name)} ${number}`);
  const absolute = (range: string): string => range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
  const filters = each(
    (number, range) =>
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${number - 1}" hidden="1">'${titleOf(number)}'!${absolute(range)}</definedName>`,
  );
  return {
    '[Content_Types].xml': `${XML_DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `${XML_DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML_DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((number) => `<sheet name="${titleOf(number)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets><definedNames>${filters}</definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML_DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${each((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${ranges.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': stylesXml(),
  };
}
