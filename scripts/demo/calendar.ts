import type { Dice } from './dice';
import { DAY, HOUR } from './posting';
import type { Shop } from './shops';

/** How busy each hour of a shop's day is: quiet nights, a lunch break, a busy evening. */
const HOURS = [2, 1, 1, 1, 1, 2, 3, 5, 7, 9, 10, 11, 12, 10, 10, 10, 10, 11, 13, 15, 16, 14, 9, 5];
/** From Sunday on. */
const WEEKDAYS = [8, 10, 10, 11, 11, 12, 9];
const BUSIEST = Math.max(...HOURS) * Math.max(...WEEKDAYS);

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** A time at which somebody may well have ordered: the shops' days and weeks have a rhythm, and business grows. */
export function moment(dice: Dice, shop: Shop, period: Period): Date {
  const span = period.to.getTime() - period.from.getTime();
  for (;;) {
    const part = dice.next();
    const time = new Date(period.from.getTime() + Math.floor(part * span));
    const growth = 0.65 + 0.35 * part;
    if (dice.next() < (busyness(time, shop.offset) / BUSIEST) * growth) return time;
  }
}

function busyness(time: Date, offset: number): number {
  const there = new Date(time.getTime() + offset * HOUR);
  // Most people are paid at the end of a month.
  const payday = there.getUTCDate() >= 28 || there.getUTCDate() <= 3 ? 1 : 0.8;
  return (HOURS[there.getUTCHours()] ?? 1) * (WEEKDAYS[there.getUTCDay()] ?? 1) * payday;
}

export function periodOf(now: Date, days: number): Period {
  return { from: new Date(now.getTime() - days * DAY), to: now };
}
