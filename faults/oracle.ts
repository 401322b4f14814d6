import { writeFileSync } from 'node:fs';
import { openDatabase } from '@/lib/db/client';
import { askScript, type Settings } from '../e2e/process';
import { judge } from './oracle-judge';
import type { Question, Verdict } from './oracle-messages';

/** Asks the database, once no server has it, whether everything that was promised is there, and once. */
export async function askOracle(settings: Settings, question: Question): Promise<Verdict> {
  const { DATABASE_URL: url } = settings;
  if (url !== undefined) return askHere(url, question);
  // The embedded database takes the whole memory of a process, and has a key of its own.
  const path = `${question.journal}.question`;
  writeFileSync(path, JSON.stringify(question));
  return askScript<Verdict>('faults/oracle-process.ts', settings, { path });
}

/** With this process's key, which is that of every deployment on PostgreSQL. */
async function askHere(url: string, question: Question): Promise<Verdict> {
  const database = await openDatabase({ url });
  try {
    return await judge(database, question);
  } finally {
    await database.close();
  }
}
