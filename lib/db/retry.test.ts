import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { migrate } from './migrate';
import { retry } from './retry';
import { createTestPostgres } from './testing';

const AT_ONCE = { attempts: 3, firstMs: 0 };

function failing(...errors: readonly Error[]): {
  readonly connect: () => Promise<string>;
  readonly tried: () => number;
} {
  let tried = 0;
  return {
    tried: () => tried,
    connect: async () => {
      const error = errors[tried];
      tried += 1;
      if (error) throw error;
      return 'connected';
    },
  };
}

function fromServer(code: string): Error {
  return Object.assign(new Error('no'), { severity: 'FATAL', code });
}

it('connects at the third attempt to what was not there, then starting', async () => {
  const { connect, tried } = failing(new Error('ECONNREFUSED'), fromServer('57P03'));
  expect(await retry(connect, AT_ONCE)).toBe('connected');
  expect(tried()).toBe(3);
});

it('gives up after the last attempt', async () => {
  const { connect, tried } = failing(new Error('1'), new Error('2'), new Error('3'));
  await expect(retry(connect, AT_ONCE)).rejects.toThrow('3');
  expect(tried()).toBe(3);
});

it('does not insist on a wrong password or a missing database', async () => {
  for (const code of ['28P01', '3D000']) {
    const { connect, tried } = failing(fromServer(code));
    await expect(retry(connect, AT_ONCE)).rejects.toMatchObject({ code });
    expect(tried()).toBe(1);
  }
});

it('lets the migrations of a build reach a database that refuses the first connection', async () => {
  const postgres = await createTestPostgres();
  const { port, hostname } = new URL(postgres.url);
  let refused = false;
  const asleep = createServer((socket) => {
    socket.on('error', () => {});
    const inside = refused ? connect(Number(port), hostname) : null;
    // However either side ends, both are gone.
    if (inside) void pipeline(socket, inside, socket).catch(() => {});
    else socket.destroy();
    refused = true;
  });
  await new Promise<void>((resolve) => asleep.listen(0, '127.0.0.1', resolve));
  const address = asleep.address();
  const url = new URL(postgres.url);
  url.port = String(typeof address === 'object' ? address?.port : '');
  expect(await migrate({ url: url.href })).toBe(0);
  expect(refused).toBe(true);
  asleep.close();
  await postgres.drop();
});
