import { useLocale } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { weekdayName } from '@/components/ui/clock';
import { groupDigits } from '@/components/ui/digits';
import { Money } from '@/components/ui/money';
import { byUnit, todayAndLastWeek } from '@/lib/overview/days';
import { type CreatedPart, countCreated, type MoneyClass, type MoneyPart, sumMoney } from '@/lib/overview/sums';
import type { Access } from '@/lib/staff/access';
import { clip, visible } from '@/lib/visible';

interface TodayProps {
  readonly access: Access;
  readonly clock: Clock;
}

/** Today beside the same weekday of last week, up to the same time of day. */
export async function Today({ access, clock }: TodayProps): Promise<ReactElement> {
  const { today, lastWeek } = todayAndLastWeek(clock.zone, clock.now);
  const [money, moneyBefore, created, createdBefore, t, locale] = await Promise.all([
    sumMoney(access, today),
    sumMoney(access, lastWeek),
    countCreated(access, today),
    countCreated(access, lastWeek),
    getTranslations('overview'),
    getLocale(),
  ]);
  const [weekAgo] = lastWeek.begins;
  const weekday = weekAgo ? weekdayName(weekAgo, clock.zone, locale) : '';
  const byNow = (figure: ReactNode): ReactNode => (
    <>
      {t('lastWeek', { weekday })} {figure}
    </>
  );
  const none = t('noneToday');
  return (
    <section aria-label={t('today')} className="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <div className="sm:col-span-3">
        <Figure label={t('received')} none={none} rows={pair(money, moneyBefore, 'received')} then={byNow}>
          <TestMoney label={t('testToday')} rows={pair(money, [], 'test')} />
        </Figure>
      </div>
      <Count label={t('payments')} then={byNow(countPayments(moneyBefore))} value={countPayments(money)} />
      <Count label={t('invoices')} then={byNow(countReal(createdBefore))} value={countReal(created)} />
      <Figure
        label={t('expected')}
        none={none}
        note={t('expectedNote')}
        rows={pair(money, moneyBefore, 'expected')}
        then={byNow}
      />
    </section>
  );
}

function countPayments(money: readonly MoneyPart[]): number {
  return money.filter((row) => row.money === 'received').reduce((sum, { count }) => sum + count, 0);
}

function countReal(created: readonly CreatedPart[]): number {
  return created.filter(({ isTest }) => !isTest).reduce((sum, { count }) => sum + count, 0);
}

interface Pair {
  readonly unit: string | null;
  readonly today: string;
  readonly before: string | null;
}

/** A line per unit that moved on one of the two days. */
function pair(money: readonly MoneyPart[], before: readonly MoneyPart[], kind: MoneyClass): readonly Pair[] {
  const [now, then] = [money, before].map((rows) => rows.filter((row) => row.money === kind));
  const of = (rows: readonly MoneyPart[] | undefined, unit: string | null): string | null =>
    rows?.find((row) => row.unit === unit)?.amount ?? null;
  const units = [...new Set([...(now ?? []), ...(then ?? [])].map(({ unit }) => unit))];
  return units.sort(byUnit).map((unit) => ({ unit, today: of(now, unit) ?? '0', before: of(then, unit) }));
}

/** Beside the figures, never in them. */
function TestMoney({ label, rows }: { readonly label: string; readonly rows: readonly Pair[] }): ReactElement | null {
  if (rows.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-2 border-line-soft border-t pt-2 text-muted text-xs">
      {label}
      {rows.map(({ unit, today }) => (
        <Money amount={today} currency={unit && visible(clip(unit, 20))} key={unit ?? ''} />
      ))}
    </p>
  );
}

interface FigureProps {
  readonly label: string;
  readonly note?: string;
  readonly none: string;
  readonly rows: readonly Pair[];
  readonly then: (figure: ReactNode) => ReactNode;
  readonly children?: ReactNode;
}

function Figure({ label, note, none, rows, then, children }: FigureProps): ReactElement {
  return (
    <Panel label={label} note={note}>
      {rows.length === 0 ? <p className="text-muted text-sm">{none}</p> : null}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(11rem,100%),1fr))] gap-x-4 gap-y-3">
        {rows.map(({ unit, today, before }) => {
          const name = unit && visible(clip(unit, 20));
          return (
            <div className="min-w-0" key={name ?? ''}>
              <Money
                amount={today}
                className="whitespace-normal! font-semibold text-lg [overflow-wrap:anywhere] [&>span]:inline-block"
                currency={name}
              />
              <p className="text-muted text-xs">{then(<Money amount={before ?? '0'} currency={name} />)}</p>
            </div>
          );
        })}
      </div>
      {children}
    </Panel>
  );
}

function Count({
  label,
  value,
  then,
}: {
  readonly label: string;
  readonly value: number;
  readonly then: ReactNode;
}): ReactElement {
  const locale = useLocale();
  return (
    <Panel label={label}>
      <div>
        <p className="font-semibold text-lg tabular-nums">{groupDigits(String(value), locale)}</p>
        <p className="text-muted text-xs">{then}</p>
      </div>
    </Panel>
  );
}

function Panel({
  label,
  note,
  children,
}: {
  readonly label: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="h-full min-w-0 rounded-panel border border-line bg-surface p-4 shadow-panel">
      <h2 className="font-medium text-muted text-xs">{label}</h2>
      <div className="mt-1.5 grid gap-2">{children}</div>
      {note ? <p className="mt-2 text-pretty text-muted text-xs">{note}</p> : null}
    </div>
  );
}
