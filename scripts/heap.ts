import { totalmem } from 'node:os';

/**
 * V8 begins with a small limit for what lives long and collects it every few seconds, and each time what is under way waits for 20 to
 * 30 ms. With room from the start it does so a fraction as often. Node takes the option on its command line alone.
 */
const OPTION = '--initial-old-space-size';
const MOST_MB = 512;
const MB = 2 ** 20;

/** How `npm start`, the container and the unit of the guide start the server. */
export const START = [`${OPTION}=${MOST_MB}`, 'dist/start.js'] as const;

/** A quarter of what the container or the machine has, whichever has less, and no more than helps. */
export function roomMb(machine = totalmem(), container = process.constrainedMemory()): number {
  // Zero where nobody knows; without a limit larger than any machine.
  const memory = container > 0 ? Math.min(container, machine) : machine;
  return Math.min(MOST_MB, Math.floor(memory / 4 / MB));
}

/** What to start Node with instead of `given`; null: that is right, or it is the operator's own. */
export function betterOptions(given: readonly string[], room = roomMb()): readonly string[] | null {
  const isOption = (text: string): boolean => text.replaceAll('_', '-').startsWith(`${OPTION}=`);
  const said = given
    .filter(isOption)
    .map((text) => Number(text.split('=')[1]))
    .at(-1);
  // Any other number than ours is somebody's choice.
  if (said !== undefined && (said !== MOST_MB || room === MOST_MB)) return null;
  return [...given.filter((text) => !isOption(text)), `${OPTION}=${room}`];
}

/** This very process with the room that suits its memory: the same id, the same streams, before anything of the server is loaded. */
export function makeRoom(): void {
  const wanted = betterOptions(process.execArgv);
  if (wanted === null) return;
  if ('execve' in process && typeof process.execve === 'function') {
    process.execve(process.execPath, [process.argv0, ...wanted, ...process.argv.slice(1)], process.env);
  } else if (process.execArgv.includes(START[0])) {
    process.stderr.write(
      `Here is less memory than ${START[0]} is for: start it with node ${wanted.join(' ')} dist/start.js\n`,
    );
  }
}
