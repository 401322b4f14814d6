import { closeDatabase } from '@/lib/db/client';
import { prepareDatabase } from '../preparing';

/** Runs `work` on a database that is up to date, and leaves it closed: the embedded one belongs to one process. */
export async function withDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  if (!(await prepareDatabase())) process.exit(1);
  try {
    return await work();
  } finally {
    await closeDatabase();
  }
}
