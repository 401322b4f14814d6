import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { signIn } from '../bench/sign-in';
import type { Server } from '../e2e/server';
import { OWNER } from './deployments';
import { until } from './until';

export const LIVE = '/api/live';

/** The cookies of the owner's session; a database that is busy may send somebody away. */
export async function signedIn({ port }: Pick<Server, 'port'>): Promise<string> {
  let cookie = '';
  await until('a session', async () => {
    cookie = await signIn(`http://localhost:${port}`, OWNER.email, OWNER.password);
    return cookie.includes('session-token');
  });
  return cookie;
}

export interface Watching {
  /** Lets the connection end as a browser does. */
  close(): void;
  /** As a machine that goes does. */
  vanish(): void;
  readonly response: IncomingMessage;
}

/** Opens something that goes on and on, reads its first bytes and no more. */
export function watch(port: number, path: string, cookie: string): Promise<Watching> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get({ host: '127.0.0.1', port, path, headers: { cookie }, agent: false });
    request.once('error', reject);
    request.once('response', (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        reject(new Error(`${path} was answered ${response.statusCode}`));
        return;
      }
      response.on('error', () => {});
      response.once('readable', () => {
        request.off('error', reject).on('error', () => {});
        resolve({
          response,
          close: () => void request.destroy(),
          vanish: () => void request.socket?.resetAndDestroy(),
        });
      });
    });
  });
}
