import { expect, it } from 'vitest';
import { withPeer } from '@/lib/peer';
import { originOf, type RequestOrigin } from './request-origin';

const FORGED = new Headers({
  'x-request-id': 'mine',
  'x-vercel-id': 'mine',
  'x-real-ip': '1.1.1.1',
  'x-forwarded-for': '2.2.2.2',
});

const seenFrom = (address: string): RequestOrigin => withPeer(address, () => originOf(FORGED));

it('believes nothing that a client sends, before and behind the server in front', () => {
  const alone = originOf(FORGED);
  expect(alone.address).toBeNull();
  expect(alone.requestId).not.toBe('mine');
  expect(seenFrom('::ffff:203.0.113.9')).toEqual({
    address: '203.0.113.9',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

it('names one request by one id, and each by its own', () => {
  const [one, again] = withPeer('203.0.113.9', () => [originOf(FORGED), originOf(FORGED)] as const);
  expect(one).toEqual(again);
  expect(seenFrom('203.0.113.9').requestId).not.toBe(one.requestId);
});
