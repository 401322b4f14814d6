import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSecret } from './options';

const folder = mkdtempSync(join(tmpdir(), 'tillbell-secret-'));

async function read(values: Parameters<typeof readSecret>[0]): Promise<{ secret: string; warned: string }> {
  let warned = '';
  const secret = await readSecret(values, (text) => {
    warned += text;
  });
  return { secret, warned };
}

it('reads a secret from a file without its last line break, and warns of one in an argument', async () => {
  const path = join(folder, 'secret');
  writeFileSync(path, ' a secret \r\n');
  expect(await read({ 'secret-file': path })).toEqual({ secret: ' a secret ', warned: '' });
  const { secret, warned } = await read({ secret: 'in the history' });
  expect(secret).toBe('in the history');
  expect(warned).toContain('Use --secret-stdin or --secret-file.');
  expect(warned).not.toContain('in the history');
});

it('says in a sentence what is missing', async () => {
  const path = join(folder, 'empty');
  writeFileSync(path, '\n');
  await expect(read({})).rejects.toThrow('--secret-stdin or --secret-file is missing.');
  await expect(read({ secret: '' })).rejects.toThrow('--secret-stdin or --secret-file is missing.');
  await expect(read({ 'secret-file': path })).rejects.toThrow(`There is no secret in ${path}.`);
  await expect(read({ 'secret-file': join(folder, 'nothing') })).rejects.toThrow('cannot be read');
  await expect(read({ secret: 'a', 'secret-stdin': true })).rejects.toThrow('Give the secret once');
});
