import { startServer } from '../server';

/** The server alone, which says when asked what it holds; run with `--expose-gc`. */

export interface Held {
  /** Open screens that the live hub tells. */
  readonly listeners: number;
  /** What is still in use after the garbage was collected, in megabytes. */
  readonly heap: number;
}

const HUB = Symbol.for('tillbell.live');

function held(): Held {
  globalThis.gc?.();
  const hub: unknown = Reflect.get(globalThis, HUB);
  const listeners: unknown = typeof hub === 'object' && hub !== null ? Reflect.get(hub, 'listeners') : null;
  return {
    listeners: listeners instanceof Set ? listeners.size : 0,
    heap: process.memoryUsage().heapUsed / 1024 / 1024,
  };
}

process.on('message', () => void process.send?.(held()));
const { port, screens } = await startServer({ port: Number(process.env.PORT), host: '127.0.0.1', dev: false });
await screens;
process.send?.({ port });
