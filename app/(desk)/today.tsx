import { useLocale } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { weekdayName } from '@/components/ui/clock';
import { groupDigits } from '@/components/ui/digits';
import { Money } from '@/components/ui/money';
import { todayAndLastWeek } from '@/lib/overview/days';
import { type CreatedPart, countCreated, type MoneyClass, type MoneyPart, sumMoney } from '@/lib/overview/sums';
import type { Access } from '@/lib/staff/access';
import { byUnit, isCoin } from '@/lib/units';
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
  const received = pair(money, moneyBefore, 'received');
  const none = received.length > 0 ? null : t('noneToday');
  return (
    <section aria-label={t('today')} className="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <div className="sm:col-span-3">
        <Figure label={t('received')} none={none} rows={received.filter(({ unit }) => !isCoin(unit))} then={byNow}>
          <Coins
            label={t('coins')}
            note={t('coinsNote')}
            rows={received.filter(({ unit }) => isCoin(unit))}
            then={byNow}
          />
          <TestMoney label={t('testToday')} rows={pair(money, [], 'test')} />
        </Figure>
      </div>
      <Count
        label={t('payments')}
        then={byNow(groupDigits(String(countPayments(moneyBefore)), locale))}
        value={countPayments(money)}
      />
      <Count
        label={t('invoices')}
        then={byNow(groupDigits(String(countReal(createdBefore)), locale))}
        value={countReal(created)}
      />
      <Figure
        label={t('expected')}
        none={t('noneToday')}
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

/** One unit today, and a week ago by this time. */
function UnitFigure({
  row: { unit, today, before },
  look,
  then,
}: {
  readonly row: Pair;
  readonly look: string;
  readonly then: FigureProps['then'];
}): ReactElement {
  const name = unit && visible(clip(unit, 20));
  return (
    <div className="min-w-0">
      <Money
        amount={today}
        className={`whitespace-normal! [overflow-wrap:anywhere] [&>span]:inline-block ${look}`}
        currency={name}
      />
      <p className="text-muted text-xs">{then(<Money amount={before ?? '0'} currency={name} />)}</p>
    </div>
  );
}

interface CoinsProps {
  readonly label: string;
  readonly note: string;
  readonly rows: readonly Pair[];
  readonly then: FigureProps['then'];
}

/** Below the figures of hryvnias and dollars: what is in neither of them. */
function Coins({ label, note, rows, then }: CoinsProps): ReactElement | null {
  if (rows.length === 0) return null;
  return (
    <section aria-label={label} className="border-line-soft border-t pt-2">
      <h3 className="font-medium text-muted text-xs">{label}</h3>
      <p className="mt-0.5 mb-2 text-pretty text-muted text-xs">{note}</p>
      <div className={COLUMNS}>
        {rows.map((row) => (
          <UnitFigure key={row.unit ?? ''} look="font-medium text-sm" row={row} then={then} />
        ))}
      </div>
    </section>
  );
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

const COLUMNS = 'grid grid-cols-[repeat(auto-fill,minmax(min(11rem,100%),1fr))] gap-x-4 gap-y-3 empty:hidden';

interface FigureProps {
  readonly label: string;
  readonly note?: string;
  /** In the place of figures where there are none; null: others stand below. */
  readonly none: string | null;
  readonly rows: readonly Pair[];
  readonly then: (figure: ReactNode) => ReactNode;
  readonly children?: ReactNode;
}

function Figure({ label, note, none, rows, then, children }: FigureProps): ReactElement {
  return (
    <Panel label={label} note={note}>
      {rows.length === 0 && none !== null ? <p className="text-muted text-sm">{none}</p> : null}
      <div className={COLUMNS}>
        {rows.map((row) => (
          <UnitFigure key={row.unit ?? ''} look="font-semibold text-lg" row={row} then={then} />
        ))}
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
