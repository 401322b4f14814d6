import { untimed, withoutReceipts } from '@/lib/fold/comparable.testing';
import { fold } from '@/lib/fold/events.testing';
import { historyOf } from '@/lib/fold/histories.testing';
import { project } from '@/lib/fold/rows';
import { stable } from '@/lib/fold/stable';
import type { Receipt } from '@/lib/fold/state';
import { statusRank } from '@/lib/invoices/status';
import { askScript } from '../../e2e/process';
import type { Wanted } from '../histories-process';
import { longer } from '../long-history';
import type { Row, Scale, Seen } from '../row';
import { onPostgresScene } from '../scene';

const EVENTS = 500;

/** Whatever comes, in whatever order, how often ever. */
export const histories: Row = {
  name: 'histories',
  fault: `histories of ${EVENTS} events in random order with repetitions`,
  run: async ({ short, seed }: Scale): Promise<Seen> => {
    const count = short ? 200 : 10_000;
    const broken: string[] = [];
    let events = 0;
    for (let own = seed; own < seed + count; own += 1) {
      const history = historyOf(own, { contradictions: false });
      const told = longer(history, own, EVENTS);
      // A cut may have left out a message that was only told once.
      const whole = [...told, ...history];
      events += whole.length;
      broken.push(...wrongWith(own, history, whole));
    }
    const wanted: Wanted = { firstSeed: seed, histories: short ? 3 : 200, events: EVENTS };
    const live = await onPostgresScene(seed, ({ settings }) =>
      askScript<{ replayed: number; broken: readonly string[] }>('faults/histories-process.ts', settings, wanted),
    );
    return {
      figures: `${count} histories from seed ${seed}, ${events} events; with contradictions ${wanted.histories}, ${live.replayed} replayed`,
      broken: [...broken, ...live.broken],
      late: [],
    };
  },
};

function wrongWith(seed: number, history: readonly Receipt[], told: readonly Receipt[]): readonly string[] {
  const once = fold(history);
  const again = fold(told);
  const same = withoutReceipts(again.state) === withoutReceipts(once.state);
  const alike = stable(untimed(again.rows)) === stable(untimed(once.rows));
  const ranks = again.results.map(({ state }) => statusRank(project(state).invoice.status));
  const backwards = !mayYield(history) && ranks.some((rank, index) => rank < (ranks[index - 1] ?? rank));
  return [
    ...(same && alike ? [] : [`seed ${seed}: another final state in another order`]),
    ...(backwards ? [`seed ${seed}: a status went backwards`] : []),
  ];
}

/** A notification's word yields to the invoice's own, and an amount without hashes to one that is explained. */
function mayYield(history: readonly Receipt[]): boolean {
  return history.some(
    ({ event }) =>
      event.status.basis === 'notification' ||
      event.payments.every(({ hashes, externalId }) => hashes.length === 0 && externalId === null),
  );
}
