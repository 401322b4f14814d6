import { getEnv } from '@/lib/env';
import { ownerExists, setupToken } from '@/lib/staff/setup';

/** Where the owner's account is made, for who reads the server's output; null: there is one. `here` where no APP_URL is set. */
export async function firstRunLine(here: string): Promise<string | null> {
  if (await ownerExists()) return null;
  return `Make the owner's account at ${getEnv().appUrl ?? here}/setup?token=${setupToken()}`;
}
