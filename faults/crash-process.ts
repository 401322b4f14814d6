import { text } from 'node:stream/consumers';
import { closeDatabase, type Database, getDatabase, setDatabase } from '@/lib/db/client';
import { readNotificationUrl } from '@/lib/postbacks/notification-url';
import { answerTo } from '@/lib/postbacks/receive';
import { headersOf, type Told, type ToTell } from './crash-messages';
import { Journal } from './journal';

/**
 * Run as a process of its own: tells the receiver the first postbacks, then the others together, and dies before or
 * after the wanted one of the statements that these run. What a process leaves behind changes nowhere else: between two
 * statements all awaits are alike to the database.
 */
const toTell: ToTell = JSON.parse(await text(process.stdin));
const journal = new Journal(toTell.journal);
const database = await getDatabase();
let calls = 0;
let armed = false;

async function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

const dying: Database = {
  ...database,
  async run<Row>(...[statement, parameters]: Parameters<Database['run']>): Promise<Row[]> {
    if (!armed) return database.run<Row>(statement, parameters);
    calls += 1;
    const own = calls;
    if (own === toTell.crash?.at && toTell.crash.side === 'before') return die();
    const rows = await database.run<Row>(statement, parameters);
    return own === toTell.crash?.at ? die() : rows;
  },
};
setDatabase(dying);

async function tell({ path, headers, body, content }: ToTell['first'][number]): Promise<number> {
  const bytes = Buffer.from(body, 'base64');
  const read = async (): Promise<Uint8Array> => bytes;
  const { status } = await answerTo({
    method: 'POST',
    key: readNotificationUrl(path)?.key ?? null,
    headers: headersOf(headers),
    senderAddress: null,
    read,
  });
  // One at a time, so that a death cannot come between an answer and its line.
  if (status === 200 && content !== null) await journal.add(content);
  return status;
}

const statuses: number[] = [];
for (const one of toTell.first) statuses.push(await tell(one));
armed = true;
statuses.push(...(await Promise.all(toTell.together.map(tell))));
await closeDatabase();
const told: Told = { calls, statuses };
process.stdout.write(JSON.stringify(told));
