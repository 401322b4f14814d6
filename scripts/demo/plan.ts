import { moment, type Period } from './calendar';
import type { Dice } from './dice';
import { DAY, type Posting, type Story } from './posting';
import type { Shop } from './shops';
import { storiesOf } from './stories';

/** A posting of one story; those of a story are delivered one after the other. */
export interface Planned {
  readonly posting: Posting;
  readonly shop: Shop;
  readonly story: number;
}

/** At least `postbacks` deliveries within the period, in order of their times; every story is told at least once. */
export function planHistory(dice: Dice, shops: readonly Shop[], period: Period, postbacks: number): readonly Planned[] {
  const planned: Planned[] = [];
  let story = 0;
  const tell = (shop: Shop, told: Story, within: Period): void => {
    story += 1;
    const postings = told(dice, shop, moment(dice, shop, within)).filter(({ at }) => at <= period.to);
    planned.push(...postings.map((posting) => ({ posting, shop, story })));
  };
  for (const shop of shops) for (const [, told] of storiesOf(shop)) tell(shop, told, earlier(period));
  while (planned.length < postbacks) {
    const shop = dice.weighted(shops.map((each) => [each.weight, each] as const));
    tell(shop, dice.weighted(storiesOf(shop)), period);
  }
  return planned.sort((a, b) => a.posting.at.getTime() - b.posting.at.getTime());
}

/** What happens but once must have had the time to happen. */
function earlier({ from, to }: Period): Period {
  const span = to.getTime() - from.getTime();
  return { from: new Date(from.getTime() + span * 0.2), to: new Date(to.getTime() - Math.min(4 * DAY, span / 3)) };
}
