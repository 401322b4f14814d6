import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { affectedBy, installedOf, readAdvisories } from './advisories';

/** A file of OSV records (https://osv.dev) or of GitHub's advisories. */
const FILE = process.env.ADVISORIES;

it.runIf(FILE)('nothing that is installed has a known hole', () => {
  const installed = installedOf(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const found = affectedBy(readAdvisories(readFileSync(FILE ?? '', 'utf8')), installed);
  expect(found.map(({ id, name, version }) => `${id}: ${name} ${version}`)).toEqual([]);
});

const osv = (events: readonly object[], more: object = {}): object => ({
  id: 'GHSA-osv',
  affected: [{ package: { ecosystem: 'npm', name: 'next' }, ranges: [{ type: 'SEMVER', events }] }],
  ...more,
});
const github = (range: string, more: object = {}): object => ({
  ghsa_id: 'GHSA-rest',
  vulnerabilities: [{ package: { ecosystem: 'npm', name: 'next' }, vulnerable_version_range: range }],
  ...more,
});

it.each<[string, object, boolean]>([
  ['introduced before, never fixed', osv([{ introduced: '0' }]), true],
  ['fixed later', osv([{ introduced: '16.0.0' }, { fixed: '16.5.0' }]), true],
  ['fixed in this version', osv([{ introduced: '16.0.0' }, { fixed: '16.4.6' }]), false],
  ['last affected is this version', osv([{ introduced: '0' }, { last_affected: '16.4.6' }]), true],
  ['last affected was before', osv([{ introduced: '0' }, { last_affected: '16.4.5' }]), false],
  ['introduced again', osv([{ introduced: '0' }, { fixed: '15.0.0' }, { introduced: '16.4.0' }]), true],
  ['introduced later', osv([{ introduced: '16.4.7' }]), false],
  ['withdrawn', osv([{ introduced: '0' }], { withdrawn: '2026-01-01T00:00:00Z' }), false],
  [
    'named by version',
    { id: 'x', affected: [{ package: { ecosystem: 'npm', name: 'next' }, versions: ['16.4.6'] }] },
    true,
  ],
  [
    'of another ecosystem',
    { id: 'x', affected: [{ package: { ecosystem: 'PyPI', name: 'next' }, versions: ['16.4.6'] }] },
    false,
  ],
  ['a range of GitHub', github('>= 16.0.0, < 16.4.7'), true],
  ['a range of GitHub that ended', github('< 16.4.6'), false],
  ['a withdrawn one of GitHub', github('< 17.0.0', { withdrawn_at: '2026-01-01T00:00:00Z' }), false],
])('%s', (_, advisory, affected) => {
  const installed = installedOf({ packages: { '': {}, 'node_modules/a/node_modules/next': { version: '16.4.6' } } });
  for (const text of [advisory, [advisory], { vulns: [advisory] }].map((value) => JSON.stringify(value)))
    expect(affectedBy(readAdvisories(text), installed)).toHaveLength(affected ? 1 : 0);
  const lines = `${JSON.stringify(advisory)}\n${JSON.stringify(advisory)}\n`;
  expect(affectedBy(readAdvisories(lines), installed)).toHaveLength(affected ? 2 : 0);
});

it('what is no file of advisories fails rather than finding nothing', () => {
  for (const text of ['', 'nonsense', '3', '[3]']) expect(() => readAdvisories(text)).toThrow();
});
