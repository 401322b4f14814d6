import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { throwAwayFolder } from '../../scripts/demo/folder';
import { freePort, startProduct } from '../../scripts/demo/product';
import { throwAwaySettings } from '../../scripts/demo/seeding';
import { signIn } from '../sign-in';

export const OWNER = { email: 'owner@bench.example', password: 'a long password of the owner' };

/** The product on a PostgreSQL, with an owner who is signed in. */
export interface ExportingProduct {
  readonly address: string;
  readonly pid: number;
  readonly cookie: string;
  stop(): Promise<void>;
}

export function settingsOn(databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...throwAwaySettings(throwAwayFolder('bench')),
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
}

export async function startExporting(settings: NodeJS.ProcessEnv): Promise<ExportingProduct> {
  const env = { ...settings, PORT: await freePort() };
  await admin(
    env,
    ['staff', 'add', '--email', OWNER.email, '--name', 'O', '--role', 'owner', '--password-stdin'],
    OWNER.password,
  );
  const { address, pid, stop } = await startProduct(env);
  return { address, pid, stop, cookie: await signIn(address, OWNER.email, OWNER.password) };
}

/** Runs one of the operator's commands; the last line that it prints. */
export async function admin(env: NodeJS.ProcessEnv, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(process.execPath, ['dist/admin.js', ...args], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(input);
  return (await text(child.stdout)).trim().split('\n').at(-1) ?? '';
}
