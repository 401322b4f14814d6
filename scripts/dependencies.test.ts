import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Packages {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { dependencies, devDependencies }: Packages = JSON.parse(read('package.json'));
const documented = read('docs/dependencies.md');

/** Below the first there is a known hole; at or above the second it does not run as we need it. */
const BOUNDS: Readonly<Record<string, readonly [floor: string, ceiling: string | null]>> = {
  next: ['16.4.1', null],
  'next-auth': ['5.0.0-beta.32', null],
  'drizzle-orm': ['0.45.4', '1.0.0'],
  pg: ['8.23.1', null],
  vitest: ['4.1.12', '5.0.0'],
  '@types/node': ['20.0.0', '21.0.0'],
};

describe('what runs in production', () => {
  it('is fewer than thirty packages of our choice', () => {
    expect(Object.keys(dependencies).length).toBeLessThan(30);
  });

  it.each(Object.keys(dependencies))('says why %s is there', (name) => {
    const [runtime = ''] = documented.split('## Held back');
    expect(runtime).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|.+\\|.+\\|$`, 'm'));
  });

  it('and names none that is gone', () => {
    const [, table = ''] = documented.split('## At run time');
    const [runtime = ''] = table.split('## Held back');
    const named = [...runtime.matchAll(/^\|([^|]*)\|/gm)].flatMap(
      ([, cell = '']) => cell.match(/(?<=`)[^`,| ]+(?=`)/g) ?? [],
    );
    expect(named.filter((name) => !(name in dependencies))).toEqual([]);
  });
});

describe('updates that are proposed', () => {
  it('stay within the same bounds', () => {
    const {
      packageRules,
    }: { packageRules: readonly { matchPackageNames: readonly string[]; allowedVersions?: string }[] } = JSON.parse(
      read('renovate.json'),
    );
    for (const [name, [, ceiling]] of Object.entries(BOUNDS)) {
      if (ceiling === null) continue;
      const rule = packageRules.find(({ matchPackageNames }) => matchPackageNames.includes(name));
      expect(rule?.allowedVersions, name).toBe(`<${ceiling.replace(/\.0\.0$/, '')}`);
    }
  });

  it('are tested on every Node that Tillbell runs on', () => {
    expect(read('.github/workflows/test.yml')).toContain('node-version: [20, 22, 24]');
    expect(read('.github/workflows/test.yml')).toContain('npm run audit');
  });
});

describe('versions', () => {
  const all = Object.entries({ ...dependencies, ...devDependencies });

  it.each(all)('%s is exact: %s', (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  it.each(Object.entries(BOUNDS))('%s stays within its bounds', (name, [floor, ceiling]) => {
    const version = { ...dependencies, ...devDependencies }[name] ?? '';
    expect(compare(version, floor)).toBeGreaterThanOrEqual(0);
    if (ceiling) expect(compare(version, ceiling)).toBeLessThan(0);
  });
});

/** Numbers part by part, those of a pre-release last. */
function compare(one: string, other: string): number {
  const parts = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);
  const [left, right] = [parts(one), parts(other)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
