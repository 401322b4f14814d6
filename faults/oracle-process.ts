import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { closeDatabase, getDatabase } from '@/lib/db/client';
import { judge } from './oracle-judge';
import type { Question } from './oracle-messages';

/** Run as a process of its own, with the settings of the deployment that it looks into. */
const { path }: { path: string } = JSON.parse(await text(process.stdin));
const question: Question = JSON.parse(readFileSync(path, 'utf8'));
const verdict = await judge(await getDatabase(), question);
await closeDatabase();
process.stdout.write(JSON.stringify(verdict));
