import { getEnv, SettingError } from '@/lib/env';
import { takeConsole } from '@/lib/log/console';
import { startTracing } from './tracing';

/** What is there before the first request, through either HTTP adapter: the console goes into the log, and spans to their collector. */
export async function watch(): Promise<void> {
  try {
    // Who changes the code reads what Next prints as it is.
    if (!getEnv().development) takeConsole();
    await startTracing();
  } catch (error) {
    // A setting that is missing is told by who needs it, to each request; here it would only keep Next from starting.
    if (!(error instanceof SettingError)) throw error;
  }
}
