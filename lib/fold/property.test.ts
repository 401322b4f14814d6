import { describe, expect, inject, it } from 'vitest';
import { statusRank } from '@/lib/invoices/status';
import type { PaymentClaim } from '@/lib/providers/provider';
import { plain, RECEIPTS, untimed, withoutReceipts } from './comparable.testing';
import { fold } from './events.testing';
import { historyOf, receivedInOrder, respelled, retold } from './histories.testing';
import { believe } from './model.testing';
import { project } from './rows';
import { stable } from './stable';
import type { Merged, Receipt, State } from './state';

/** Another first seed gives other histories; a failure names its seed. */
const FIRST_SEED = 1;
const SEEDS = inject('scope') === 'all' ? 1000 : 250;

describe('histories without contradictions', () => {
  it('give the same state and rows when they are processed in any order and with any repetition', () => {
    everySeed(false, (history, seed) => {
      const once = fold(history);
      const again = fold(retold(history, seed + 1));
      expect(untimed(again.rows)).toEqual(untimed(once.rows));
      expect(withoutReceipts(again.state)).toBe(withoutReceipts(once.state));
    });
  });

  it('give the same when they are received in another order, but for the last word of a carrier and the steps of a refund', () => {
    everySeed(false, (full, seed) => {
      const history = full.map(withoutLastWords);
      const once = fold(history);
      const again = fold(receivedInOrder(retold(history, seed + 1)));
      expect(untimed(again.rows)).toEqual(untimed(once.rows));
      expect(withoutReceipts(again.state)).toBe(withoutReceipts(once.state));
    });
  });

  it('hold no contradiction where every message comes again with its values spelled otherwise', () => {
    everySeed(false, (history) => {
      const { results, rows } = fold(history.flatMap((receipt) => [receipt, respelled(receipt)]));
      const again = results.filter((_, index) => index % 2 === 1 && results[index - 1]?.result !== 'contradiction');
      expect(again.map(({ result }) => result)).not.toContain('contradiction');
      const { invoice } = fold(history).rows;
      expect(rows.invoice).toMatchObject({ customerName: invoice.customerName, status: invoice.status });
    });
  });

  it('give what the naive model gives', () => {
    everySeed(false, (history) => {
      const belief = believe(history);
      expect(plain(fold(history).rows)).toEqual(plain(belief));
      expect(belief.refusals.filter((reason) => reason !== null)).toEqual([]);
    });
  });
});

describe('histories with contradictions', () => {
  it('give after every message what the naive model gives in that order of receipt', () => {
    everySeed(true, (history) => {
      fold(history).results.forEach(({ state }, index) => {
        const belief = believe(history.slice(0, index + 1));
        expect(plain(project(state))).toEqual(plain(belief));
        expect(values(state.facts)).toEqual(belief.facts);
      });
    });
  });

  it('leave the state as it was where the naive model does not take a message', () => {
    everySeed(true, (history) => {
      const { results } = fold(history);
      believe(history).refusals.forEach((reason, index) => {
        if (reason === null) return;
        expect(results[index]?.result).toBe('contradiction');
        expect(results[index]?.reason).not.toBe('fact_differs');
        if (index > 0) expect(told(results[index])).toBe(told(results[index - 1]));
      });
    });
  });

  it('never move a status backwards, unless the invoice itself speaks after a notification or hashes explain an amount', () => {
    everySeed(true, (history) => {
      const mayYield = history.some(
        ({ event }) => event.status.basis === 'notification' || event.payments.every(isBare),
      );
      if (mayYield) return;
      const ranks = fold(history).results.map(({ state }) => statusRank(project(state).invoice.status));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    });
  });

  it('change nothing when a message is merged a second time', () => {
    everySeed(true, (history) => {
      const once = fold(history);
      const twice = fold(history.flatMap((receipt) => [receipt, receipt]));
      const copies = twice.results.filter((_, index) => index % 2 === 1);
      expect(copies.map((merged) => merged.result)).not.toContain('new');
      expect(plain(twice.rows)).toEqual(plain(once.rows));
      expect(withoutReceipts(twice.state)).toBe(withoutReceipts(once.state));
    });
  });

  it('leave the state as it was exactly when a message is called nothing new', () => {
    everySeed(true, (history) => {
      let before: State | null = null;
      fold(history).results.forEach(({ state, result }) => {
        if (result === 'new') expect(stable(state, RECEIPTS)).not.toBe(stable(before, RECEIPTS));
        if (result === 'nothing_new') expect(state).toBe(before);
        before = state;
      });
    });
  });

  it('never let a transaction be told twice', () => {
    everySeed(true, (history) => {
      const keys = fold(history).rows.transactions.map((row) => `${row.kind} ${row.key}`);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });
});

function withoutLastWords(receipt: Receipt): Receipt {
  const { refunded: _, delivery, ...event } = receipt.event;
  const payments = event.payments.map(({ refunded: __, ...claim }) => claim);
  return { ...receipt, event: { ...event, payments, delivery: delivery && { ...delivery, carrier: null } } };
}

/** Runs a check over every seed, shortens the first history that fails and names its seed. */
function everySeed(contradictions: boolean, check: (history: readonly Receipt[], seed: number) => void): void {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
    const history = historyOf(seed, { contradictions });
    const failure = failureOf(history, seed, check);
    if (failure === null) continue;
    const short = shortened(history, (part) => failureOf(part, seed, check) !== null);
    const messages = short.map(({ event, signer }) => JSON.stringify({ signer, ...event }));
    throw new Error([`seed ${seed}: ${failureOf(short, seed, check)}`, ...messages].join('\n'));
  }
}

function failureOf(
  history: readonly Receipt[],
  seed: number,
  check: (history: readonly Receipt[], seed: number) => void,
): string | null {
  try {
    check(history, seed);
    return null;
  } catch (error) {
    return error instanceof Error ? [error.message, diffOf(error)].join('\n') : String(error);
  }
}

/** What vitest knows of the two sides of a failed comparison. */
function diffOf(error: Error): string {
  return 'actual' in error && 'expected' in error ? `got ${stable(error.actual)}\nnot ${stable(error.expected)}` : '';
}

/** Leaves out one message after the other for as long as the rest still fails. */
function shortened(history: readonly Receipt[], fails: (part: readonly Receipt[]) => boolean): readonly Receipt[] {
  for (let index = 0; index < history.length && history.length > 1; index += 1) {
    const part = history.filter((_, at) => at !== index);
    if (fails(part)) return shortened(part, fails);
  }
  return history;
}

function isBare(claim: PaymentClaim): boolean {
  return claim.hashes.length === 0 && claim.externalId === null;
}

function told(merged: Merged | undefined): string {
  return merged ? withoutReceipts(merged.state) : '';
}

function values(registers: State['facts']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(registers).map(([name, known]) => [name, known.v]));
}
