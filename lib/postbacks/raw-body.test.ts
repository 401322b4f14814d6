import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES, readBody } from './raw-body';

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
    expect(await readBody(streamed(pieces).request)).toEqual(Buffer.from([0x7b, 0xff, 0x00, 0x7d]));
  });

  it('takes 256 KB and not a byte more', async () => {
    const full = new Uint8Array(MAX_BODY_BYTES);
    expect(await readBody(streamed([full]).request)).toHaveLength(MAX_BODY_BYTES);
    expect(await readBody(streamed([full, new Uint8Array(1)]).request)).toBe('too_large');
  });

  it('stops reading at the limit', async () => {
    const { request, asked } = streamed(Array.from({ length: 100 }, () => new Uint8Array(64 * 1024)));
    expect(await readBody(request)).toBe('too_large');
    expect(asked()).toBe(5);
  });

  it('is empty where there is no body', async () => {
    expect(await readBody(new Request('http://localhost/', { method: 'POST' }))).toHaveLength(0);
  });
});
