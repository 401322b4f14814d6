import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What only the server in front of Next knows of a request; no header can say it. */
export interface Peer {
  /** The other end of the connection. */
  readonly address: string | null;
  /** The name under which the traces of this request are found. */
  readonly requestId: string;
}

const PEER = Symbol.for('tillbell.peer');
const shared: typeof globalThis & { [PEER]?: AsyncLocalStorage<Peer> } = globalThis;

/** One a process: `server.ts` knows the socket, Next loads this module a second time and does not. */
function storage(): AsyncLocalStorage<Peer> {
  shared[PEER] ??= new AsyncLocalStorage();
  return shared[PEER];
}

/** Runs `act` knowing who is at the other end of the connection. */
export function withPeer<Result>(address: string | undefined, act: () => Result): Result {
  return storage().run({ address: address ?? null, requestId: randomUUID() }, act);
}

/** Null where nobody told: Next without `server.ts` in front. */
export function currentPeer(): Peer | null {
  return storage().getStore() ?? null;
}
