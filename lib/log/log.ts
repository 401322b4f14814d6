import pino, { type DestinationStream, type Logger } from 'pino';
import { getEnv } from '@/lib/env';
import { currentPeer } from '@/lib/peer';
import { readable } from './readable';
import { safeError, safeText } from './safe';

/** All that a line may tell beside its words. A name that is not here does not compile, so that nobody logs a body. */
export interface Facts {
  /** The one of the audit sharedLog; of a postback, where that is kept, the id of its row. */
  readonly requestId?: string | undefined;
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  readonly status?: number | undefined;
  readonly provider?: string | undefined;
  readonly projectId?: string | undefined;
  readonly milliseconds?: number | undefined;
  readonly error?: unknown;
}

export type Level = 'debug' | 'info' | 'warn' | 'error';

interface Log {
  readonly logger: Logger;
  flush(): void;
}

const SLOT = Symbol.for('tillbell.log');
const shared: typeof globalThis & { [SLOT]?: Log | undefined } = globalThis;

/** One a process: `server.ts` and Next load this module twice. */
function sharedLog(): Log {
  shared[SLOT] ??= open();
  return shared[SLOT];
}

/** One line for the operators. `words` are ours and never hold what somebody sent. */
export function log(level: Level, words: string, facts: Facts = {}): void {
  sharedLog().logger[level](facts, words);
}

export function isLevelEnabled(level: Level): boolean {
  return sharedLog().logger.isLevelEnabled(level);
}

/** Before the process ends. */
export function flushLog(): void {
  shared[SLOT]?.flush();
}

/** Every line to `write`, in place of standard error; for tests. The returned function takes it back. */
export function logTo(write: (line: string) => void, level: Level = 'debug'): () => void {
  const before = shared[SLOT];
  shared[SLOT] = { logger: make({ write }, level), flush: () => {} };
  return () => {
    shared[SLOT] = before;
  };
}

/** Standard output belongs to what commands print. */
function open(): Log {
  const { logLevel, onVercel } = getEnv();
  if (process.stderr.isTTY) {
    const write = (line: string): void => void process.stderr.write(readable(line));
    return { logger: make({ write }, logLevel), flush: () => {} };
  }
  // Nobody waits for the log, but where the process may stand still after an answer.
  const destination = pino.destination({ dest: 2, sync: onVercel });
  return { logger: make(destination, logLevel), flush: () => destination.flushSync() };
}

function make(destination: DestinationStream, level: string): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: (error: unknown) => safeError(error), reason: safeText },
    mixin: requestOf,
  };
  return pino(options, destination);
}

/** Whatever is said while a request is served carries its id; what the line says itself comes before it. */
function requestOf(facts: object): object {
  if ('requestId' in facts && facts.requestId !== undefined) return {};
  const requestId = currentPeer()?.requestId;
  return requestId === undefined ? {} : { requestId };
}
