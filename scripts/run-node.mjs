import { spawn } from 'node:child_process';
import { tellWorker } from './clone-lock.mjs';

/**
 * Runs a Node script and keeps what it prints to itself, unless it fails or `loud` is set.
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, loud?: boolean }} [options]
 */
export async function runNode(args, { env = {}, loud = false } = {}) {
  const output = loud ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', output, output] });
  if (child.pid !== undefined) tellWorker(child.pid);
  const printed = [];
  child.stdout?.on('data', (chunk) => printed.push(chunk));
  child.stderr?.on('data', (chunk) => printed.push(chunk));
  const stop = stopWith(child);
  try {
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code === 0) return;
    process.stderr.write(Buffer.concat(printed));
    throw new CommandFailed();
  } finally {
    stop();
  }
}

/** Its output says why; nothing is left to add. */
export class CommandFailed extends Error {}

/** Whoever is stopped stops what it started, and leaves no lock behind (its exit does that). */
function stopWith(child) {
  const onSignal = (signal) => {
    child.kill(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
}
