import { afterEach, expect, it } from 'vitest';
import { closeDatabase, openDatabase, setDatabase } from '@/lib/db/client';
import { restAfterMs } from './live-rest';

afterEach(closeDatabase);

it('screens rest on Neon alone, which sleeps when nobody asks', async () => {
  setDatabase(await openDatabase({ url: 'postgres://a@ep-a.eu-central-1.aws.neon.tech/a' }));
  expect(await restAfterMs()).toBeGreaterThan(300_000);
  await closeDatabase();
  setDatabase(await openDatabase({ url: 'postgres://a@127.0.0.1:1/a' }));
  expect(await restAfterMs()).toBeNull();
});
