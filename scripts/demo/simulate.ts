import { setTimeout as wait } from 'node:timers/promises';
import { type Account, toRequest } from './deliver';
import type { Dice } from './dice';
import { MINUTE, type Posting, SECOND } from './posting';
import { allShops } from './shops';
import { storiesOf } from './stories';

/** A posting that a story still has to send. */
interface Due {
  readonly account: Account;
  readonly posting: Posting;
  /** Milliseconds since 1970. */
  readonly time: number;
}

const PATIENCE_MS = 10_000;
/** What takes days in a history takes seconds here, or nobody would see how it goes on. */
const LONGEST_PAUSE = 25 * SECOND;
/** A customer takes a while from the invoice to the payment: begun now, they would have paid in the future. */
const BEFOREHAND = 30 * MINUTE;

/** Keeps sending what the shops' customers do now, through the real notification URLs, until `signal` says stop. */
export async function simulate(
  origin: string,
  accounts: readonly Account[],
  dice: Dice,
  signal: AbortSignal,
): Promise<void> {
  let waiting: readonly Due[] = [];
  while (!signal.aborted) {
    if (waiting.length < 12) waiting = [...waiting, ...begin(dice, accounts, Date.now())];
    const now = Date.now();
    const due = waiting.filter(({ time }) => time <= now).slice(0, 1 + Number(dice.chance(0.2)));
    waiting = waiting.filter((each) => !due.includes(each));
    for (const each of due) await send(origin, each, signal);
    await wait(dice.between(700, 3_500), undefined, { signal }).catch(() => {});
  }
}

/** A story that begins now, its postings a few seconds apart. */
function begin(dice: Dice, accounts: readonly Account[], now: number): readonly Due[] {
  const shop = dice.weighted(allShops().map((each) => [each.weight, each] as const));
  const account = accounts.find(({ provider }) => provider === shop.provider);
  if (!account) return [];
  const postings = dice.weighted(storiesOf(shop))(dice, shop, new Date(now - BEFOREHAND));
  let time = now;
  let before = postings[0]?.at.getTime() ?? now;
  return postings.map((posting) => {
    time += Math.min(posting.at.getTime() - before, dice.between(4 * SECOND, LONGEST_PAUSE));
    before = posting.at.getTime();
    return { account, posting, time };
  });
}

async function send(origin: string, { account, posting }: Due, signal: AbortSignal): Promise<void> {
  const request = await toRequest(origin, account, { ...posting, at: new Date() });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const response = await fetch(request, { redirect: 'manual', signal: limit });
    await response.arrayBuffer();
  } catch (error) {
    // A server that is stopping, or busy for a moment: a provider would try again, and so will the next posting.
    if (!signal.aborted)
      process.stderr.write(`A postback was not taken: ${error instanceof Error ? error.message : error}\n`);
  }
}
