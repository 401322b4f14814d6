import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A cell as LibreOffice took it. */
export interface SheetCell {
  readonly type: string;
  readonly value: string;
  readonly text: string;
  readonly formula: boolean;
}

const PLACES = ['/usr/bin/soffice', '/usr/local/bin/soffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'];

/** A LibreOffice that is here already. */
export function findLibreOffice(): string | null {
  return PLACES.find((path) => existsSync(path)) ?? null;
}

/** Opens a file as a person would and says what stands in its first sheet. */
export async function openSheet(name: string, bytes: Buffer, filter?: string): Promise<SheetCell[][]> {
  const program = findLibreOffice();
  if (program === null) throw new Error('There is no LibreOffice.');
  const folder = await mkdtemp(join(tmpdir(), 'tillbell-libreoffice-'));
  try {
    await writeFile(join(folder, name), bytes);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const options = [profile, '--headless', '--norestore', ...(filter ? [`--infilter=${filter}`] : [])];
    await promisify(execFile)(program, [...options, '--convert-to', 'fods', '--outdir', folder, join(folder, name)], {
      env: { ...process.env, HOME: folder },
    });
    return readSheet(await readFile(join(folder, name.replace(/\.\w+$/, '.fods')), 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readSheet(xml: string): SheetCell[][] {
  const [table = ''] = /<table:table .*?<\/table:table>/s.exec(xml) ?? [];
  const rows: SheetCell[][] = [];
  for (const [, attributes = '', content = ''] of table.matchAll(
    /<table:table-row\b([^>]*?)(?:\/>|>(.*?)<\/table:table-row>)/gs,
  )) {
    const cells = readCells(content);
    // What is below the last row is one empty row, a million times.
    if (cells.length === 0) continue;
    for (let times = repeated(attributes, 'rows'); times > 0; times -= 1) rows.push(cells);
  }
  return rows;
}

function readCells(content: string): SheetCell[] {
  const cells: SheetCell[] = [];
  for (const [, attributes = '', inside = ''] of content.matchAll(
    /<table:table-cell\b([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs,
  )) {
    const type = attribute(attributes, 'office:value-type');
    const value = attribute(attributes, 'office:value') || attribute(attributes, 'office:date-value');
    const cell = { type, value, text: plain(inside), formula: attributes.includes('table:formula') };
    for (let times = Math.min(repeated(attributes, 'columns'), 100); times > 0; times -= 1) cells.push(cell);
  }
  while (cells.at(-1)?.type === '') cells.pop();
  return cells;
}

function repeated(attributes: string, what: 'rows' | 'columns'): number {
  return Number(attribute(attributes, `table:number-${what}-repeated`) || '1');
}

function attribute(attributes: string, name: string): string {
  return unescaped(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

function plain(inside: string): string {
  const paragraphs = [...inside.matchAll(/<text:p\b[^>]*?(?:\/>|>(.*?)<\/text:p>)/gs)].map(([, text = '']) => text);
  return paragraphs
    .join('\n')
    .replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count = '1') => ' '.repeat(Number(count)))
    .replace(/<text:tab\/>/g, '\t')
    .replace(/<text:line-break\/>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&[^;]+;/g, unescaped);
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(#x?)?(\w+);/g, (_, mark: string | undefined, name: string) => {
    if (mark === undefined) return NAMED[name] ?? '';
    return String.fromCodePoint(Number.parseInt(name, mark === '#x' ? 16 : 10));
  });
}
