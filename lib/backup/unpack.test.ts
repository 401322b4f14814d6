import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { BackupRefused, MANIFEST, makeManifest } from './manifest';
import { unpack } from './unpack';

const root = mkdtempSync(join(tmpdir(), 'tillbell-unpack-'));
const path = join(root, 'made.backup');
afterAll(() => rmSync(root, { recursive: true }));

interface Made {
  readonly name: string;
  readonly size?: string | Buffer;
  readonly type?: string;
  readonly link?: string;
  readonly body?: Buffer;
}
const FACTS = { createdAt: '2026-01-28T10:00:00.000Z', schema: '1', keys: [], keysIncluded: false };
const manifest: Made = { name: MANIFEST, body: Buffer.from(JSON.stringify(makeManifest(FACTS))) };

function made(...entries: readonly Made[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocks), Buffer.alloc(1024)]);
}

function blocks({ name, size, type = '0', link = '', body = Buffer.alloc(0) }: Made): readonly Buffer[] {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write('0000600', 100);
  if (Buffer.isBuffer(size)) size.copy(head, 124);
  else head.write(size ?? body.length.toString(8).padStart(11, '0'), 124, 'latin1');
  head.write('00000000000', 136);
  head.write(type, 156);
  head.write(link, 157);
  head.write('ustar\u000000', 257, 'latin1');
  head.write('        ', 148);
  head.write(
    `${head
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\u0000 `,
    148,
    'latin1',
  );
  return [head, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
}

const pax = (record: string): Made => {
  const text = ` ${record}\n`;
  return { name: 'PaxHeader', type: 'x', body: Buffer.from(`${text.length + 2}${text}`) };
};
const bytes = Buffer.alloc(2_048, 'x');

it.each<[string, readonly Made[]]>([
  ['no number as its size', [{ name: 'db/a', size: 'xxxxxxxxxxx', body: bytes }]],
  ['a size below zero', [{ name: 'db/a', size: '-0000000001', body: bytes }]],
  ['no size', [{ name: 'db/a', size: '\0\0\0\0\0\0\0\0\0\0\0', body: bytes }]],
  ['a size of eight and nines', [{ name: 'db/a', size: '00000000089', body: bytes }]],
  ['a size of binary digits', [{ name: 'db/a', size: Buffer.alloc(12, 255), body: bytes }]],
  ['a size beyond its end', [{ name: 'db/a', size: '77777777777', body: bytes }]],
  ['another size in an extension', [pax('size=99999999999'), { name: 'db/a', body: bytes }]],
  ['a size in an extension that is none', [pax('size=-1'), { name: 'db/a', body: bytes }]],
  ['a name in an extension', [pax('path=db/../../evil'), { name: 'db/a', body: bytes }]],
  [
    'a long name that leads out',
    [
      { name: 'x', type: 'L', body: Buffer.from('db/../../evil\0') },
      { name: 'db/a', body: bytes },
    ],
  ],
  ['an absolute path', [{ name: '/tmp/evil', body: bytes }]],
  ['a path that leads out', [{ name: 'db/a/../../../evil', body: bytes }]],
  [
    'a symbolic link',
    [
      { name: 'db/a', type: '2', link: '/etc/passwd' },
      { name: 'db/a/b', body: bytes },
    ],
  ],
  ['a hard link', [{ name: 'db/a', type: '1', link: '/etc/passwd' }]],
  ['a device', [{ name: 'db/a', type: '3' }]],
  ['a sparse file', [{ name: 'db/a', type: 'S', body: bytes }]],
  [
    'one file twice',
    [
      { name: 'db/a', body: bytes },
      { name: 'db/a', body: bytes },
    ],
  ],
  [
    'a file that is a folder too',
    [
      { name: 'db/a', body: bytes },
      { name: 'db/a/b', body: bytes },
    ],
  ],
  ['a manifest twice', [manifest]],
])('a backup with %s is refused at once', async (_, entries) => {
  const folder = mkdtempSync(join(root, 'to-'));
  writeFileSync(path, gzipSync(Buffer.concat([made(manifest, ...entries), Buffer.alloc(900_000)])));
  const refused = unpack(path, folder, 1);
  await expect(refused).rejects.toBeInstanceOf(BackupRefused);
  await expect(refused).rejects.toThrow(/damaged|far more/);
  expect(readdirSync(folder).filter((name) => name !== 'a')).toEqual([]);
  expect(existsSync(join(root, 'evil')) || existsSync('/tmp/evil')).toBe(false);
});

it('a backup that would fill the disk is refused before it does', async () => {
  const limits = { bytes: 2 ** 20, entries: 100 };
  const folder = mkdtempSync(join(root, 'bomb-'));
  writeFileSync(path, gzipSync(made(manifest, { name: 'db/zeros', body: Buffer.alloc(8 * 2 ** 20) })));
  await expect(unpack(path, folder, 1, limits)).rejects.toThrow('far more than a backup of its size');
  expect(readdirSync(folder)).toEqual([]);
  const many = Array.from({ length: 200 }, (_, index) => ({ name: `db/${index}` }));
  writeFileSync(path, gzipSync(made(manifest, ...many)));
  await expect(unpack(path, folder, 1, limits)).rejects.toThrow('far more than a backup of its size');
});

it('a backup of which the first entry never ends is refused', async () => {
  writeFileSync(path, gzipSync(made({ ...manifest, body: Buffer.alloc(5 * 2 ** 20, ' ') })));
  await expect(unpack(path, null, 1)).rejects.toBeInstanceOf(BackupRefused);
});
