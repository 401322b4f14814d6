import { setTimeout as wait } from 'node:timers/promises';

/** No connection was made, so the statement is nowhere: it may be sent again without being sent twice. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

const ATTEMPTS = 3;
/** The longest wait before the second attempt; it doubles from one to the next. */
const FIRST_MS = 200;

/** `fetch` for a database that may be asleep: who waits half a second gets an answer instead of a failure. */
export async function fetchAwake(address: string, init?: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetch(address, init);
    } catch (error) {
      if (attempt === ATTEMPTS || !isNotConnected(error)) throw error;
    }
    await wait(Math.random() * FIRST_MS * 2 ** (attempt - 1), null, init?.signal ? { signal: init.signal } : {});
  }
}

function isNotConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Two addresses of one host fail as one.
  if (error instanceof AggregateError) return error.errors.every(isNotConnected);
  if ('code' in error && NOT_CONNECTED.has(String(error.code))) return true;
  return isNotConnected(error.cause);
}
