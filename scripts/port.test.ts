import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { requireFreePort } from './port';

it('an address of another machine is refused in a sentence, and a port is free at each address by itself', async () => {
  await expect(requireFreePort(0, '203.0.113.9')).rejects.toThrow(
    '203.0.113.9 is no address of this machine; set HOST to one.',
  );
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(requireFreePort(port, '127.0.0.1')).rejects.toThrow('is already in use');
  server.close();
});
