import { text } from 'node:stream/consumers';
import { closeDatabase, getDatabase } from '@/lib/db/client';
import { historyOf, receivedInOrder } from '@/lib/fold/histories.testing';
import { randomFrom } from '@/lib/fold/random.testing';
import type { Receipt } from '@/lib/fold/state';
import { believedRows, forgetBelieved, linkAgain } from '@/lib/postbacks/believed-rows.testing';
import { entryOf, openToldShop } from '@/lib/postbacks/entries.testing';
import { record } from '@/lib/postbacks/record';
import { replay } from '@/lib/postbacks/replay';
import { longer } from './long-history';

export interface Wanted {
  readonly firstSeed: number;
  readonly histories: number;
  readonly events: number;
}

/** Run as a process of its own: histories with contradictions through the receiver, then again from the ledger. */
const { firstSeed, histories, events }: Wanted = JSON.parse(await text(process.stdin));
const database = await getDatabase();
const broken: string[] = [];
const shops = [];
for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
  const { shop } = await openToldShop();
  const told = longer(historyOf(seed, { contradictions: true }), seed, events);
  await tell(shop.id, receivedInOrder(told), seed);
  shops.push({ seed, shop, live: JSON.stringify(await believedRows(database, shop)) });
}
const known = await replay({ database });
if (known.changed > 0) broken.push(`a replay changed ${known.changed} invoices`);
await forgetBelieved(database);
const { replayed } = await replay({ database });
await linkAgain(database);
for (const { seed, shop, live } of shops) {
  const again = JSON.stringify(await believedRows(database, shop));
  if (again !== live) broken.push(`seed ${seed}: replay in order of receipt is not what was live`);
}
await closeDatabase();
process.stdout.write(JSON.stringify({ replayed, broken }));

/** As they come: one alone, or many at the same moment. */
async function tell(projectId: string, history: readonly Receipt[], seed: number): Promise<void> {
  const random = randomFrom(seed);
  let rest = history.map((receipt) => entryOf(receipt, projectId));
  while (rest.length > 0) {
    const together = rest.slice(0, 1 + random.int(40));
    rest = rest.slice(together.length);
    await Promise.all(together.map((entry) => record(entry, database)));
  }
}
