import { describe, expect, it } from 'vitest';
import { bodyLimitOf, readBody, tooLarge } from './body-limit';

const KB = 1024;
const LIMIT = 256 * KB;

interface Streamed {
  readonly request: Request;
  /** How many pieces were asked for. */
  readonly asked: () => number;
}

function streamed(pieces: readonly Uint8Array[], headers: Record<string, string> = {}): Streamed {
  let asked = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[asked];
        if (piece) controller.enqueue(piece);
        else controller.close();
        asked += 1;
      },
    },
    { highWaterMark: 0 },
  );
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
  return { request: new Request('http://localhost/', init), asked: () => asked };
}

describe('readBody', () => {
  it('gives the very bytes, also in pieces', async () => {
    const pieces = [new Uint8Array([0x7b, 0xff]), new Uint8Array([0x00, 0x7d])];
    expect(await readBody(streamed(pieces).request, LIMIT)).toEqual(Buffer.from([0x7b, 0xff, 0x00, 0x7d]));
  });

  it('takes 256 KB and not a byte more', async () => {
    const full = new Uint8Array(LIMIT);
    expect(await readBody(streamed([full]).request, LIMIT)).toHaveLength(LIMIT);
    expect(await readBody(streamed([full, new Uint8Array(1)]).request, LIMIT)).toBe('too_large');
  });

  it('reads nothing of what says that it is larger', async () => {
    const { request, asked } = streamed([new Uint8Array(1)], { 'content-length': String(LIMIT + 1) });
    expect([await readBody(request, LIMIT), asked()]).toEqual(['too_large', 0]);
  });

  it('stops reading at the limit', async () => {
    const { request, asked } = streamed(Array.from({ length: 100 }, () => new Uint8Array(64 * 1024)));
    expect(await readBody(request, LIMIT)).toBe('too_large');
    expect(asked()).toBe(5);
  });

  it('is empty where there is no body', async () => {
    expect(await readBody(new Request('http://localhost/', { method: 'POST' }), LIMIT)).toHaveLength(0);
  });
});

describe('bodyLimitOf', () => {
  it.each([
    '/api/auth/callback/credentials',
    '/api/auth/csrf?x=1',
    '/api/auth',
    '//api//auth/callback/credentials',
    '/api/%61uth/callback/credentials',
    '/API/AUTH/signout',
    'http://shop.example/api/auth/signout',
    '/sign-in',
    '/sign-in?next=/invoices',
    '/sign-in/code',
    '/sign-in.rsc',
    '/setup',
    '/invitation/token',
    '/reset-password/token',
  ])('is 16 KB for who is not signed in: %s', (address) => {
    expect(bodyLimitOf(address)).toBe(16 * KB);
  });

  it.each(['/', '/invoices', '/settings/projects/new', '/api/search', '/api/authors', '/sign-in-later', '/%', ''])(
    'is 1 MB elsewhere: %s',
    (address) => {
      expect(bodyLimitOf(address)).toBe(KB * KB);
    },
  );

  it('is told in words', () => {
    expect([tooLarge(16 * KB), tooLarge(KB * KB)]).toEqual([
      'The body is larger than 16 KB',
      'The body is larger than 1 MB',
    ]);
  });
});
