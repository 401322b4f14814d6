import { getEnv } from '@/lib/env';
import { log } from '@/lib/log/log';
import { runRetention } from './run';

const FIRST_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Deletes by itself what is to go, every hour while the server runs. Where nothing runs for long, a scheduled call does it. */
export function keepRetention(): () => void {
  if (getEnv().onVercel) return () => {};
  let stopped = false;
  let timer = setTimeout(again, FIRST_MS).unref();
  async function again(): Promise<void> {
    try {
      await runRetention(new Date());
    } catch (error) {
      // A run that the stop of the server cut short goes on after the next start.
      if (!stopped) log('error', 'Retention could not run', { error });
    }
    if (!stopped) timer = setTimeout(again, EVERY_MS).unref();
  }
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
