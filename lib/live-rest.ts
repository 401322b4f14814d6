import { getDatabase } from '@/lib/db/client';

/** Neon puts a database to sleep that nobody asks for five minutes, and is paid for the time it is awake. */
const REST_MS = 600_000;

/**
 * After how long a screen that nobody touches stops listening, for a stream asks the database every second; null: never.
 * A forgotten screen must not keep a database awake all night.
 */
export async function restAfterMs(): Promise<number | null> {
  return (await getDatabase()).driver === 'neon' ? REST_MS : null;
}
