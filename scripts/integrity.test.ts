import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requireIntegrity, unprovenHere, withoutIntegrity } from './integrity.mjs';

/** What no registry has a checksum for; docs/dependencies.md says why each is taken all the same. */
const UNKNOWN: readonly string[] = [];

it('every package of the lock has a checksum', () => {
  expect(withoutIntegrity(JSON.parse(readFileSync('package-lock.json', 'utf8')))).toEqual(UNKNOWN);
});

const lock = {
  packages: {
    '': {},
    'node_modules/proven': { version: '1.0.0', integrity: 'sha512-x' },
    'node_modules/everywhere': { version: '1.0.0' },
    'node_modules/linux': { version: '1.0.0', os: ['linux'], cpu: ['x64'], optional: true },
    'node_modules/linux-arm': { version: '1.0.0', os: ['linux'], cpu: ['arm64'], optional: true },
    'node_modules/not-windows': { version: '1.0.0', os: ['!win32'] },
    'node_modules/a/node_modules/test': { version: '1.0.0', dev: true },
    'node_modules/both': { version: '1.0.0', devOptional: true },
    'node_modules/linked': { link: true },
  },
};

it('a build fails on what production would install here unproven, and on nothing else', () => {
  expect(unprovenHere(lock, { platform: 'linux', arch: 'x64' })).toEqual([
    'node_modules/everywhere',
    'node_modules/linux',
    'node_modules/not-windows',
  ]);
  expect(unprovenHere(lock, { platform: 'win32', arch: 'arm64' })).toEqual(['node_modules/everywhere']);
  const path = join(mkdtempSync(join(tmpdir(), 'tillbell-lock-')), 'package-lock.json');
  writeFileSync(path, JSON.stringify(lock));
  expect(() => requireIntegrity(path)).toThrow(/has no checksum for node_modules\/everywhere,.* run "npm run lock"/);
  expect(() => requireIntegrity()).not.toThrow();
});
