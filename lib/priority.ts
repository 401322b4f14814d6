import { setImmediate as turn } from 'node:timers/promises';

/** Requests that long work gives way to. One count a process: `server.ts` and Next load this module twice. */

const SLOT = Symbol.for('tillbell.foreground');

interface Foreground {
  running: number;
  readonly waiting: Set<() => void>;
}

const shared: typeof globalThis & { [SLOT]?: Foreground } = globalThis;

function foreground(): Foreground {
  shared[SLOT] ??= { running: 0, waiting: new Set() };
  return shared[SLOT];
}

/** Something that somebody waits for has begun; the returned function ends it. */
export function beginPriorityWork(): () => void {
  const state = foreground();
  state.running += 1;
  return () => {
    state.running -= 1;
    if (state.running > 0) return;
    for (const go of state.waiting) go();
    state.waiting.clear();
  };
}

/** However much comes in, long work gets on. */
const PATIENCE_MS = 20;

/** Between two pieces of long work: lets the event loop turn, and what is under way in front end first. */
export async function yieldToPriorityWork(): Promise<void> {
  await turn();
  const { running, waiting } = foreground();
  if (running === 0) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      waiting.delete(go);
      resolve();
    };
    const timer = setTimeout(go, PATIENCE_MS);
    waiting.add(go);
  });
}

let line = Promise.resolve();

/** For what may come by the hundred at once, as all screens do after a restart: one begins at a time, and gives way first. */
export function waitForTurn(): Promise<void> {
  line = line.then(yieldToPriorityWork);
  return line;
}
