import { add, compare } from '@/lib/money';
import { byUnit } from '@/lib/units';
import { addDays, dateIn, startOfDay } from '@/lib/zone';
import type { Edges } from './parts';
import type { MoneyClass, MoneyPart } from './sums';

/** The last days up to today in a zone, and the instants at which they begin. */
export interface Days {
  readonly dates: readonly string[];
  readonly edges: Edges;
}

export function lastDays(count: number, zone: string, now: Date): Days {
  const today = dateIn(zone, now);
  const dates = Array.from({ length: count }, (_, index) => addDays(today, index - count + 1));
  const begins = dates.map((date) => startOfDay(date, zone));
  return { dates, edges: { begins, until: startOfDay(addDays(today, 1), zone), over: count - 1 } };
}

export interface TodayAndLastWeek {
  readonly today: Edges;
  /** The same weekday a week ago, up to the same time of day. */
  readonly lastWeek: Edges;
}

export function todayAndLastWeek(zone: string, now: Date): TodayAndLastWeek {
  const date = dateIn(zone, now);
  const begin = startOfDay(date, zone);
  const weekAgo = startOfDay(addDays(date, -7), zone);
  const sameTime = new Date(weekAgo.getTime() + (now.getTime() - begin.getTime()));
  const today = { begins: [begin], until: startOfDay(addDays(date, 1), zone) };
  return { today, lastWeek: { begins: [weekAgo], until: sameTime } };
}

/** One line of a chart: a unit of money, day by day. */
export interface Series {
  readonly money: MoneyClass;
  readonly unit: string | null;
  /** As many as there are days. */
  readonly amounts: readonly string[];
  readonly counts: readonly number[];
  readonly total: string;
}

const CLASSES = ['received', 'expected', 'test'] as const;

/** A series per class and unit; nothing is added across units. */
export function toSeries(parts: readonly MoneyPart[], days: number): readonly Series[] {
  const groups = new Map<string, MoneyPart[]>();
  for (const part of parts) {
    const key = JSON.stringify([part.money, part.unit]);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  const series = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const ofDay = (day: number): MoneyPart | undefined => group.find(({ part }) => part === day);
    const amounts = Array.from({ length: days }, (_, day) => ofDay(day)?.amount ?? '0');
    const counts = Array.from({ length: days }, (_, day) => ofDay(day)?.count ?? 0);
    return [{ money: first.money, unit: first.unit, amounts, counts, total: amounts.reduce(add, '0') }];
  });
  return series.sort((a, b) => CLASSES.indexOf(a.money) - CLASSES.indexOf(b.money) || byUnit(a.unit, b.unit));
}

/** Heights of bars from 0 to 1000, for drawing only; what is below zero has none. */
export function heights(amounts: readonly string[]): readonly number[] {
  const most = amounts.reduce((highest, amount) => (compare(amount, highest) > 0 ? amount : highest), '0');
  return amounts.map((amount) => ratio(amount, most));
}

function ratio(amount: string, most: string): number {
  if (compare(amount, '0') <= 0) return 0;
  const scale = Math.max(...[amount, most].map((value) => value.split('.')[1]?.length ?? 0));
  const units = (value: string): bigint => {
    const [whole = '0', fraction = ''] = value.split('.');
    return BigInt(whole + fraction.padEnd(scale, '0'));
  };
  return Number((units(amount) * 1000n) / units(most));
}
