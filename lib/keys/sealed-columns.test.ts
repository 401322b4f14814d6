import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { everyDriver } from '@/lib/db/testing';
import { readEnv } from '@/lib/env';
import { finishRotation, startRotation } from '@/lib/env-secrets';
import { query } from '@/lib/postbacks/shop.testing';
import { SEALED_COLUMNS } from './sealed-columns';

everyDriver((database) => {
  test('every column that says which key sealed a row is sealed anew by a rotation', async () => {
    const columns = await query<{ name: string }>(
      database(),
      `select (table_name || '.' || column_name)::text as name from information_schema.columns
        where table_schema = 'public' and column_name like '%key_id' order by 1`,
    );
    expect(columns.map(({ name }) => name)).toEqual(
      SEALED_COLUMNS.map(({ table, keyId }) => `${table}.${keyId}`).sort(),
    );
  });
});

it('the generated key gives way to a new one, and stays until nothing is sealed with it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tillbell-keys-'));
  try {
    const [first] = readEnv({ DATA_DIR: dataDir }).encryptionKeys;
    expect(startRotation(dataDir)).toBe('started');
    const during = readEnv({ DATA_DIR: dataDir });
    expect(during.encryptionKeys.map(({ id }) => id)).toEqual([expect.not.stringMatching(first.id), first.id]);
    // Killed here: the next try makes no third key.
    expect(startRotation(dataDir)).toBe('resumed');
    expect(readEnv({ DATA_DIR: dataDir })).toEqual(during);
    finishRotation(dataDir);
    const after = readEnv({ DATA_DIR: dataDir });
    expect(after.encryptionKeys).toEqual([during.encryptionKeys[0]]);
    expect(after.authSecret).toBe(during.authSecret);
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).not.toContain('previous');
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
