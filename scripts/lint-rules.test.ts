import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const RESTRICTED = 'lint/style/noRestrictedImports';

const UP = [
  ['lib/providers/trybit/', '@/lib/db/client'],
  ['lib/providers/trybit/', '@/lib/env'],
  ['lib/providers/trybit/', '../novapay/verify'],
  ['lib/providers/trybit/', 'next/headers'],
  ['lib/providers/trybit/', 'node:fs'],
  ['lib/fold/', '@/lib/db/client'],
  ['lib/fold/', '@/lib/providers'],
  ['lib/postbacks/', '@/app/page'],
  ['lib/invoices/', '@/lib/postbacks/record'],
  ['lib/invoices/', '@/components/badge'],
  ['lib/invoices/', '@/lib/providers/novapay'],
  ['lib/db/', '@/lib/staff/access'],
  ['lib/', '@/lib/db/client'],
  ['lib/', './env'],
  ['components/', '@/lib/db/client'],
  ['components/', '@/lib/staff/access'],
  ['components/', '@/lib/env'],
  ['app/', 'drizzle-orm'],
  ['app/', 'next/link'],
  ['components/', 'next/link'],
  ['e2e/', '@/lib/db/client'],
  ['faults/', '@/app/page'],
  ['lib/', '@/faults/row'],
] as const;

const DOWN = [
  ['lib/providers/trybit/', '@/lib/invoices/status'],
  ['lib/providers/trybit/', '@/lib/money'],
  ['lib/providers/trybit/', '../provider'],
  ['lib/providers/trybit/', '../cryptocloud-family'],
  ['lib/providers/trybit/', 'node:crypto'],
  ['lib/fold/', '@/lib/providers/provider'],
  ['lib/invoices/', '@/lib/db/client'],
  ['lib/invoices/', '@/lib/providers'],
  ['lib/postbacks/', '@/lib/providers'],
  ['lib/postbacks/', '@/lib/db/client'],
  ['lib/', './money'],
  ['components/', '@/lib/invoices/status'],
  ['components/', '@/lib/money'],
  ['app/', '@/lib/invoices/queries'],
  ['app/', '@/components/ui/link'],
  ['e2e/', '@/lib/providers'],
  ['faults/', '@/lib/db/client'],
] as const;

const RULES = [
  ['any', 'export const it: any = 1;', 'lint/suspicious/noExplicitAny'],
  ['!', 'const it: number | null = 1;\nexport const one: number = it!;', 'lint/style/noNonNullAssertion'],
  ['process.env', 'export const it = process.env.PORT;', 'lint/style/noProcessEnv'],
  ['a default export', 'export default 1;', 'lint/style/noDefaultExport'],
  ['an enum', 'export enum It { One }', 'lint/style/noEnum'],
  ['301 lines', 'void 0;\n'.repeat(301), 'lint/style/noExcessiveLinesPerFile'],
  ['81 lines in a function', longFunction(81), 'lint/complexity/noExcessiveLinesPerFunction'],
  ['an exported function without its type', 'export function it() { return 1; }', 'plugin'],
  ['an exported arrow without its type', 'export const it = () => 1;', 'plugin'],
] as const;

const report = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

/** A house of its own with our rules, so that one run of Biome judges every case. */
const house = mkdtempSync(join(tmpdir(), 'tillbell-lint-'));
let complaints: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(() => {
  build('scripts/exported-types.grit');
  build('biome.json');
  for (const [index, [folder, module]] of UP.entries()) write(`${folder}up-${index}.ts`, importing(module));
  for (const [index, [folder, module]] of DOWN.entries()) write(`${folder}down-${index}.ts`, importing(module));
  for (const [index, [, source]] of RULES.entries()) write(`lib/postbacks/rule-${index}.ts`, source);
  write('lib/camelCase.ts', 'export const it = 1;');
  write('app/page.tsx', 'export default function Page(): null {\n  return null;\n}');
  write('lib/env.ts', 'export const it: string | undefined = process.env.PORT;');
  complaints = lint();
});

afterAll(() => rmSync(house, { recursive: true }));

describe('an import that points up is refused', () => {
  it.each(UP.map((row, index) => [...row, index] as const))('from %s of %s', (folder, _, index) => {
    expect(complaints.get(`${folder}up-${index}.ts`)).toContain(RESTRICTED);
  });
});

describe('an import that points down is not', () => {
  it.each(DOWN.map((row, index) => [...row, index] as const))('from %s of %s', (folder, _, index) => {
    expect(complaints.get(`${folder}down-${index}.ts`) ?? []).toEqual([]);
  });
});

describe('the house rules', () => {
  it.each(RULES.map(([name, , rule], index) => [name, rule, index] as const))('refuse %s', (_, rule, index) => {
    expect(complaints.get(`lib/postbacks/rule-${index}.ts`)).toContain(rule);
  });

  it('refuse a file name in camel case', () => {
    expect(complaints.get('lib/camelCase.ts')).toContain('lint/style/useFilenamingConvention');
  });

  it('let a page export a default, and lib/env.ts read the environment', () => {
    expect(complaints.get('app/page.tsx') ?? []).toEqual([]);
    expect(complaints.get('lib/env.ts') ?? []).toEqual([]);
  });
});

function build(path: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  copyFileSync(path, join(house, path));
}

function write(path: string, source: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), `${source}\n`);
}

function importing(module: string): string {
  return `import { it } from '${module}';\n\nit();`;
}

function longFunction(lines: number): string {
  return `export function it(): void {\n${'  void 0;\n'.repeat(lines)}}`;
}

function lint(): ReadonlyMap<string, readonly string[]> {
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8' });
  const found = new Map<string, string[]>();
  for (const { category, location } of report.parse(JSON.parse(stdout)).diagnostics) {
    found.set(location.path, [...(found.get(location.path) ?? []), category]);
  }
  return found;
}
