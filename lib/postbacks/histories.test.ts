import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { historyOf } from '@/lib/fold/histories.testing';
import { type Belief, believe } from '@/lib/fold/model.testing';
import { stable } from '@/lib/fold/stable';
import type { Receipt } from '@/lib/fold/state';
import { shortest } from '@/lib/money';
import { believedRows, forgetBelieved, linkAgain } from './believed-rows.testing';
import { entryOf, openToldShop } from './entries.testing';
import { record } from './record';
import { replay } from './replay';
import { ledger, type Shop } from './shop.testing';

/** Another first seed gives another fifty histories; a failure names its seed. */
const FIRST_SEED = 1;
const SEEDS = 50;

interface Told {
  readonly seed: number;
  readonly shop: Shop;
  readonly history: readonly Receipt[];
}

describe('Fifty random histories through the database', () => {
  everyDriver((database) => {
    const told: Told[] = [];
    let forget: readonly (() => void)[] = [];

    beforeAll(async () => {
      for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
        const opened = await openToldShop();
        forget = [...forget, opened.forget];
        const history = historyOf(seed, { contradictions: seed % 3 !== 0 });
        told.push({ seed, shop: opened.shop, history });
        await tell(database(), opened.shop, history, seed % 4 < 2 ? 'together' : 'one by one');
      }
    });
    afterAll(() => {
      for (const undo of forget) undo();
    });

    it('end as the naive model says', async () => {
      for (const { seed, shop, history } of told) {
        const rows = await believedRows(database(), shop);
        expect(shown(rows), `seed ${seed}`).toEqual(modelled(believe(history)));
      }
    });

    it('have a row or a count for every postback', async () => {
      for (const { seed, shop, history } of told) {
        const rows = await ledger(database(), shop);
        const firsts = rows.filter((row) => row.duplicate_of === null);
        const counted = firsts.reduce((sum, row) => sum + 1 + row.duplicates, 0);
        expect(counted, `seed ${seed}`).toBe(history.length);
        expect(rows.length, `seed ${seed}`).toBe(history.length);
      }
    });

    it('are made again by replay from nothing, row for row', async () => {
      const before = await Promise.all(told.map(({ shop }) => believedRows(database(), shop)));
      await forgetBelieved(database());
      await replay({ database: database() });
      await linkAgain(database());
      for (const [index, { seed, shop }] of told.entries()) {
        expect(await believedRows(database(), shop), `seed ${seed}`).toEqual(before[index]);
      }
      expect(await replay({ database: database() })).toMatchObject({ changed: 0 });
    });
  });
});

async function tell(
  database: Database,
  shop: Shop,
  history: readonly Receipt[],
  how: 'together' | 'one by one',
): Promise<void> {
  const entries = history.map((receipt) => entryOf(receipt, shop.id));
  if (how === 'together') {
    await Promise.all(entries.map((entry) => record(entry, database)));
    return;
  }
  for (const entry of entries) await record(entry, database);
}

/** The rows as the model has them: without ids and what belongs to storing. */
function shown({ invoices = [], transactions = [], deliveries = [] }: Record<string, readonly unknown[]>): unknown {
  const [invoice, ...others] = invoices.map(plain);
  expect(others).toEqual([]);
  return {
    invoice: only(invoice, INVOICE),
    transactions: transactions.map((row) => transaction(plain(row))).sort(),
    delivery: deliveries[0] === undefined ? null : only(plain(deliveries[0]), DELIVERY),
  };
}

function modelled({ invoice, transactions, delivery }: Belief): unknown {
  return {
    invoice: only(snake(invoice), INVOICE),
    transactions: transactions.map((row) => transaction(snake(row))).sort(),
    delivery: delivery && only(snake(delivery), DELIVERY),
  };
}

type Columns = Readonly<Record<string, unknown>>;

const INVOICE = [
  ...['order_id', 'status', 'status_raw', 'amount', 'currency', 'amount_usd', 'is_test', 'test_mode_known'],
  ...['customer_name', 'created_at', 'paid_at', 'time_source'],
];
const TRANSACTION = [
  ...['kind', 'amount', 'currency', 'amount_usd', 'tx_hashes', 'external_id', 'occurred_at', 'time_source'],
];
const DELIVERY = ['status', 'waybills', 'failure_reasons', 'carrier_code', 'carrier_text', 'recipient_name'];

/** The scale of a difference is that of the numbers it was made of. */
function transaction(row: Columns): string {
  const isDifference = row.kind === 'refund' || row.kind === 'expected';
  return stable(only(isDifference ? { ...row, amount: shortest(String(row.amount)) } : row, TRANSACTION));
}

function only(row: Columns | undefined, names: readonly string[]): Columns {
  return Object.fromEntries(names.map((name) => [name, row?.[name] ?? null]));
}

function plain(row: unknown): Columns {
  return Object.fromEntries(Object.entries(row ?? {}));
}

function snake(row: object): Columns {
  const named = Object.entries(row).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return Object.fromEntries(named);
}
