import { expect, it } from 'vitest';
import { fold } from '@/lib/fold/events.testing';
import { historyOf } from '@/lib/fold/histories.testing';

/** What the lists rely on where they look for invoices without transactions; a failure names its seed. */
const SEEDS = 1500;

it('an invoice that has a time of payment has a transaction of that time', () => {
  let paid = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { invoice, transactions } = fold(historyOf(seed, { contradictions: seed % 3 === 0 })).rows;
    if (invoice.paidAt === null) continue;
    paid += 1;
    expect(
      transactions.map(({ occurredAt }) => occurredAt),
      `seed ${seed}`,
    ).toContain(invoice.paidAt);
  }
  expect(paid).toBeGreaterThan(SEEDS / 10);
});
