import { setTimeout as wait } from 'node:timers/promises';

const LOOK_MS = 20;
/** Catches what hangs and says nothing about how fast a machine is. */
const PATIENCE_MS = 120_000;

/** Looks again and again until it is so, and returns after how many milliseconds it was. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<number> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > patienceMs) throw new Error(`Not within ${patienceMs} ms: ${what}`);
    await wait(LOOK_MS);
  }
  return performance.now() - began;
}

/** For what is done for a while; nothing is taken to be true afterwards. */
export function during(milliseconds: number): Promise<void> {
  return wait(milliseconds);
}
