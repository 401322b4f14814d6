import { receive } from '@/lib/postbacks/receive';
import { makeAccount, makeStaff, type SignIn } from './accounts';
import { periodOf } from './calendar';
import { type Account, toRequest } from './deliver';
import { Dice } from './dice';
import { type Planned, planHistory } from './plan';
import { after, DAY } from './posting';
import { allShops } from './shops';

export interface SeedOptions {
  readonly days: number;
  readonly postbacks: number;
  readonly seed: number;
  readonly now: Date;
}

export interface Seeded {
  readonly signIns: readonly SignIn[];
  readonly accounts: readonly Account[];
  readonly postbacks: number;
  /** How many were answered with each status. */
  readonly answers: Readonly<Record<string, number>>;
}

/** As many as the receiver gathers into one write. */
const AT_ONCE = 64;
const ORIGIN = 'http://demo.example';

/** Staff, a project for every provider and a history, through the real receiver with its clock set back. */
export async function seedDemo({ days, postbacks, seed, now }: SeedOptions): Promise<Seeded> {
  const period = periodOf(now, days);
  const shops = allShops();
  const signIns = await makeStaff();
  const accounts: Account[] = [];
  for (const shop of shops) accounts.push(await makeAccount(shop, after(period.from, -DAY)));
  const history = planHistory(new Dice(seed), shops, period, postbacks);
  const answers = await deliverAll(history, accounts);
  return { signIns, accounts, postbacks: history.length, answers };
}

async function deliverAll(history: readonly Planned[], accounts: readonly Account[]): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  for (let start = 0; start < history.length; start += AT_ONCE) {
    const stories = byStory(history.slice(start, start + AT_ONCE));
    const statuses = await Promise.all(stories.map((story) => deliverInOrder(story, accounts)));
    for (const status of statuses.flat()) answers[status] = (answers[status] ?? 0) + 1;
  }
  if (answers[503]) throw new Error(`${answers[503]} postbacks of the demo could not be stored.`);
  return answers;
}

function byStory(planned: readonly Planned[]): readonly (readonly Planned[])[] {
  const stories = new Map<number, Planned[]>();
  for (const each of planned) stories.set(each.story, [...(stories.get(each.story) ?? []), each]);
  return [...stories.values()];
}

/** The postings of one story say something new one after the other. */
async function deliverInOrder(story: readonly Planned[], accounts: readonly Account[]): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const { posting, shop } of story) {
    const account = accounts.find(({ provider }) => provider === shop.provider);
    if (!account) throw new Error(`There is no project for ${shop.provider}.`);
    const response = await receive(await toRequest(ORIGIN, account, posting), { now: posting.at });
    statuses.push(response.status);
  }
  return statuses;
}
