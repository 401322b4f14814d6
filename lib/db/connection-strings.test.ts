import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readEnv } from '@/lib/env';
import { openDatabase } from './client';
import { createTestPostgres, type TestPostgres } from './testing';

let postgres: TestPostgres;
let folder: string;
const servers: Server[] = [];

beforeAll(async () => {
  postgres = await createTestPostgres();
  folder = mkdtempSync(join(tmpdir(), 'tillbell-connect-'));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => {
  await postgres.drop();
  rmSync(folder, { recursive: true });
});

/** What an operator would set, `address` with the database's name in it. */
async function user(address: string): Promise<unknown> {
  const name = new URL(postgres.url).pathname.slice(1);
  const secret = Buffer.alloc(32, 1).toString('base64');
  const settings = { DATABASE_URL: address.replace('NAME', name), AUTH_SECRET: secret, ENCRYPTION_KEY: secret };
  const database = await openDatabase({ url: readEnv(settings).databaseUrl ?? '' });
  const statement = { name: null, text: 'select current_user::text as user, current_database()::text as database' };
  try {
    const [row] = await database.run<{ user: string; database: string }>(statement, []);
    return row?.database === name ? row.user : row;
  } finally {
    await database.close();
  }
}

/** The same PostgreSQL, reached another way. */
async function listen(where: string | number, take: (socket: Socket) => Socket | Promise<Socket>): Promise<Server> {
  const { hostname, port } = new URL(postgres.url);
  const server = createServer(async (socket) => {
    const outside = await take(socket.on('error', () => {}));
    const inside = dial(Number(port), hostname);
    pipeline(outside, inside, outside, () => {});
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(where, resolve));
  return server;
}

it.each([
  ['a user in front of no host', 'postgresql://postgres:word@/NAME?host='],
  ['no user', 'postgres:///NAME?user=postgres&host='],
])('a socket folder is reached with %s', async (_, address) => {
  await listen(join(folder, '.s.PGSQL.5432'), (socket) => socket);
  expect(await user(address + folder)).toBe('postgres');
});

describe.runIf(spawnSync('openssl', ['version']).status === 0)('a server with a certificate of its own', () => {
  let address: string;

  beforeAll(() => {
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-nodes', '-newkey', 'rsa:2048', '-days', '2', '-subj', '/CN=localhost'],
      ...[
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        join(folder, 'key.pem'),
        '-out',
        join(folder, 'cert.pem'),
      ],
    ]);
    expect(made.status).toBe(0);
  });

  const overTls = async (): Promise<void> => {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
    const server = await listen(0, async (socket) => {
      // A client asks for TLS first, and PostgreSQL says yes with one letter.
      await new Promise((resolve) => socket.once('data', resolve));
      socket.write('S');
      return new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => {});
    });
    const at = server.address();
    address = `postgres://postgres@localhost:${typeof at === 'object' ? at?.port : ''}/NAME`;
  };

  it('is not believed with sslmode=require, and the sentence says where to read on', async () => {
    await overTls();
    await expect(user(`${address}?sslmode=require`)).rejects.toThrow('sslrootcert and sslmode in docs/deploy.md');
  });

  it.each(['sslmode=no-verify', 'sslmode=verify-full&sslrootcert=CERT', 'uselibpqcompat=true&sslmode=require'])(
    'is used with %s',
    async (how) => {
      await overTls();
      expect(await user(`${address}?${how.replace('CERT', join(folder, 'cert.pem'))}`)).toBe('postgres');
    },
  );
});
