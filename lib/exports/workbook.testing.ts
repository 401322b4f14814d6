import { unzip } from './unzip.testing';

/** Reads a workbook of ours. */

export function isTime(column: string | undefined): boolean {
  return /_at_(utc|local)$/.test(column ?? '');
}

/** As a spreadsheet shows it. */
export function onlySeconds(text: string): string {
  return text.slice(0, 19).replace('T', ' ');
}

export function fromSerial(serial: string): string {
  return serial && onlySeconds(new Date(Math.round((Number(serial) - 25_569) * 86_400_000)).toISOString());
}

export function sheetOf(file: Buffer): string {
  return unzip(file).get('xl/worksheets/sheet1.xml')?.toString() ?? '';
}

export function cellsOf(row: string): string[] {
  return [...row.matchAll(/<c\/>|<c s="\d+"(?: t="inlineStr")?>(.*?)<\/c>/gs)].map(([, inside = '']) =>
    inside
      .replace(/<[^>]+>/g, '')
      .replace(/_x005F_/g, '_')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
}
