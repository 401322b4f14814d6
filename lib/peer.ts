import { AsyncLocalStorage } from 'node:async_hooks';

const PEER = Symbol.for('tillbell.peer');
const shared: typeof globalThis & { [PEER]?: AsyncLocalStorage<string | null> } = globalThis;

/** One a process: `server.ts` knows the socket, Next loads this module a second time and does not. */
function storage(): AsyncLocalStorage<string | null> {
  shared[PEER] ??= new AsyncLocalStorage();
  return shared[PEER];
}

/** Runs `act` knowing who is at the other end of the connection, which no header can say. */
export function withPeer<Result>(address: string | undefined, act: () => Result): Result {
  return storage().run(address ?? null, act);
}

/** Null where nobody told: Next without `server.ts` in front. */
export function peerAddress(): string | null {
  return storage().getStore() ?? null;
}
