import { expect, test } from '@playwright/test';
import { TEST_SCOPE } from '../scripts/test-scope';
import { embedded, type Shop, seed } from './deployment';
import { send } from './http';
import { readKept } from './ledger';
import { freePort, type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

const ROUNDS = TEST_SCOPE === 'all' ? 20 : 5;
/** How many senders post at the same time, as fast as they are answered. */
const SENDERS = 6;
/** After so many answers of one round the server is killed in the middle of the next ones. */
const ANSWERS_A_ROUND = 40;

/** What was sent under one invoice id, and how often it was acknowledged. */
interface Journal {
  readonly acknowledged: Map<string, number>;
  readonly sent: Set<string>;
}

test(`a server that is killed ${ROUNDS} times in the middle of its work loses no postback that it acknowledged`, async () => {
  test.setTimeout(300_000);
  const deployment = await embedded();
  const port = await freePort();
  const [shop] = await seed(deployment.settings, [{ provider: 'cryptocloud' }]);
  if (!shop) throw new Error('The project was not made');
  const journal: Journal = { acknowledged: new Map(), sent: new Set() };

  for (let round = 0; round < ROUNDS; round += 1) {
    await streamUntilKilled(await startServer(deployment.settings, 'bare', port), shop, journal);
  }

  const server = await startServer(deployment.settings, 'bare', port);
  const unsure = [...journal.sent].filter((id) => !journal.acknowledged.has(id));
  // The provider sends again what was never answered; it may be there or not, and counts once.
  for (const id of unsure) expect((await post(server, shop, id)).status).toBe(200);
  await server.stop();

  const { invoices, postbacks } = await readKept(deployment.settings);
  const known = new Map(invoices.map((invoice) => [invoice.provider_invoice_id, invoice]));
  expect([...journal.sent].filter((id) => !known.has(id))).toEqual([]);
  expect(invoices).toHaveLength(journal.sent.size);
  for (const { transactions } of invoices) expect(transactions).toEqual(['payment 24.61 USDT_TRC20']);
  expect(postbacks.filter((row) => row.outcome === 'accepted')).toHaveLength(journal.sent.size);
  const counted = postbacks
    .filter((row) => row.duplicate_of === null)
    .reduce((sum, row) => sum + 1 + row.duplicates, 0);
  const acknowledged = [...journal.acknowledged.values()].reduce((sum, times) => sum + times, 0);
  expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS * ANSWERS_A_ROUND);
  expect(counted).toBeGreaterThanOrEqual(acknowledged + unsure.length);
  await deployment.remove();
});

/** Posts without a pause, the server dies somewhere after its fortieth answer, and what it had answered is noted. */
async function streamUntilKilled(server: Server, shop: Shop, journal: Journal): Promise<void> {
  let answers = 0;
  let dead: Promise<void> | undefined;
  const sender = async (): Promise<void> => {
    while (!dead) {
      const id = nextId(journal);
      // Every third one is sent twice, as a provider does that did not hear the answer.
      for (let copies = answers % 3 === 0 ? 2 : 1; copies > 0 && !dead; copies -= 1) {
        const status = await post(server, shop, id).then(
          (answered) => answered.status,
          goneWith(() => dead !== undefined),
        );
        if (status === 200) journal.acknowledged.set(id, (journal.acknowledged.get(id) ?? 0) + 1);
        answers += 1;
        if (answers === ANSWERS_A_ROUND) dead = server.kill();
      }
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  await dead;
}

/** A request that the dying server did not answer is no failure; any other is. */
function goneWith(isDead: () => boolean): (error: unknown) => null {
  return (error) => {
    if (isDead()) return null;
    throw error;
  };
}

function nextId(journal: Journal): string {
  const id = `CRASH${String(journal.sent.size).padStart(6, '0')}`;
  journal.sent.add(id);
  return id;
}

async function post(server: Server, shop: Shop, id: string): Promise<{ status: number }> {
  const { invoice_info: _, ...fields } = sampleOf(shop, 'paid');
  return send(server.port, await signed(shop, { ...fields, order_id: id, invoice_id: id, amount_crypto: '24.61' }));
}
