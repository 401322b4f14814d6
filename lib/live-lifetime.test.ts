import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeDatabase, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { openStreams } from '@/lib/live';
import { LIFETIME_MS, liveStream } from '@/lib/live-stream';
import { openShop, post, sample } from '@/lib/postbacks/shop.testing';
import { accessOf } from '@/lib/staff/access.testing';

const owner = accessOf({ staffId: '0b9f3c1e-0000-4000-8000-000000000001', role: 'owner', projects: 'all' });

beforeEach(async () => {
  setDatabase(await openTestDatabase('pg'));
});
afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase();
});

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function readUntil(reader: Reader, enough: RegExp): Promise<RegExpExecArray> {
  const decoder = new TextDecoder();
  for (let text = ''; ; ) {
    const { done, value } = await reader.read();
    text += decoder.decode(value);
    const found = enough.exec(text);
    if (found) return found;
    if (done) throw new Error(`The stream ended before ${enough}: ${text}`);
  }
}

it('ends before the platform ends it, and the browser that comes back misses nothing', async () => {
  const shop = await openShop();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const never = new AbortController().signal;
  const first = liveStream(owner, { lastEventId: null, age: null }, never).getReader();
  const [, lastEventId = ''] = await readUntil(first, /id: (\S+)\n\n/);
  vi.advanceTimersByTime(LIFETIME_MS);
  for (let ended = false; !ended; ) ended = (await first.read()).done;
  vi.useRealTimers();

  await post(shop, sample(shop, 'paid'));
  const again = liveStream(owner, { lastEventId, age: null }, never).getReader();
  const [, told = ''] = await readUntil(again, /event: changed\nid: \S+\ndata: (.*)\n\n/);
  expect(JSON.parse(told)).toMatchObject({ invoices: [expect.any(String)], postbacks: [expect.any(String)] });
  await again.cancel();
});

it('ends when its reader has stopped reading, and holds no more than it may', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const stream = liveStream(owner, { lastEventId: null, age: null }, new AbortController().signal, 0);
  await vi.waitUntil(() => openStreams() === 1);
  await vi.waitUntil(() => {
    vi.advanceTimersByTime(20_000);
    return openStreams() === 0;
  });
  vi.useRealTimers();
  const reader = stream.getReader();
  let chunks = 0;
  while (!(await reader.read()).done) chunks += 1;
  expect(chunks).toBe(2);
});
