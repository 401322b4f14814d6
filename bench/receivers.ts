import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { throwAwayFolder } from '../scripts/demo/folder';
import { freePort, startProduct } from '../scripts/demo/product';
import { throwAwaySettings } from '../scripts/demo/seeding';

/** Somewhere that postbacks can be sent to, and the table that has a row for each. */
export interface Receiver {
  readonly url: string;
  readonly table: 'postbacks' | 'orders';
  /** Of its process. */
  readonly pid: number;
  stop(): Promise<void> | void;
}

/** In the shape of the provider's own. */
export const SECRET = 'bENchB3nchbeNcHb3NCHbenchBENCHb3nch4';

/** Settings of the product on this PostgreSQL, with secrets of its own. */
export async function settingsOn(databaseUrl: string): Promise<NodeJS.ProcessEnv> {
  return {
    ...throwAwaySettings(throwAwayFolder('bench')),
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    PORT: await freePort(),
  };
}

export interface Tillbell extends Receiver {
  readonly env: NodeJS.ProcessEnv;
  /** Of the notification URL. */
  readonly path: string;
}

/** The product as `npm start` runs it, on a PostgreSQL, with one CryptoCloud project. */
export async function startTillbell(databaseUrl: string): Promise<Tillbell> {
  const env = await settingsOn(databaseUrl);
  const path = await addProject(env);
  const product = await startProduct(env);
  const { port } = new URL(product.address);
  return {
    url: `http://127.0.0.1:${port}${path}`,
    table: 'postbacks',
    pid: product.pid,
    stop: product.stop,
    env,
    path,
  };
}

async function addProject(env: NodeJS.ProcessEnv): Promise<string> {
  const args = ['project', 'add', '--name', 'Bench', '--provider', 'cryptocloud', '--secret', SECRET];
  const project = await operate<{ readonly notificationPath: string }>(env, args);
  return project.notificationPath;
}

/** Runs an operator command and reads what it prints; `input` is its standard input. */
export async function operate<Printed>(env: NodeJS.ProcessEnv, args: readonly string[], input = ''): Promise<Printed> {
  const child = spawn(process.execPath, ['dist/admin.js', ...args], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(input);
  const printed = await text(child.stdout);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}
