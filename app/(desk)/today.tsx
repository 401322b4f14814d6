import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { weekdayName } from '@/components/ui/clock';
import { groupDigits } from '@/components/ui/digits';
import { Money } from '@/components/ui/money';
import { byUnit, todayAndLastWeek } from '@/lib/overview/days';
import { countCreated, type MoneyClass, type MoneyPart, sumMoney } from '@/lib/overview/queries';
import type { Access } from '@/lib/staff/access';
import { clip, visible } from '@/lib/visible';

const LAST_WEEK = 0;
const TODAY = 2;

/** Today beside the same weekday of last week, up to the same time of day. */
export async function Today({
  access,
  clock,
}: {
  readonly access: Access;
  readonly clock: Clock;
}): Promise<ReactElement> {
  const edges = todayAndLastWeek(clock.zone, clock.now);
  const [money, created, t, locale] = await Promise.all([
    sumMoney(access, edges),
    countCreated(access, edges),
    getTranslations('overview'),
    getLocale(),
  ]);
  const weekday = edges[LAST_WEEK] ? weekdayName(edges[LAST_WEEK], clock.zone, locale) : '';
  const payments = (part: number): number =>
    money.filter((row) => row.money === 'received' && row.part === part).reduce((sum, { count }) => sum + count, 0);
  const invoices = (part: number): number =>
    created.filter((row) => !row.is_test && row.part === part).reduce((sum, { count }) => sum + count, 0);
  const byNow = (figure: ReactNode): ReactNode => (
    <>
      {t('lastWeek', { weekday })} {figure}
    </>
  );
  return (
    <section aria-label={t('title')} className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <Figure label={t('received')} none={t('noneToday')} rows={pair(money, 'received')} then={byNow} />
      <Figure
        label={t('expected')}
        none={t('noneToday')}
        note={t('expectedNote')}
        rows={pair(money, 'expected')}
        then={byNow}
      />
      <Count label={t('payments')} then={byNow(payments(LAST_WEEK))} value={payments(TODAY)} />
      <Count label={t('invoices')} then={byNow(invoices(LAST_WEEK))} value={invoices(TODAY)} />
    </section>
  );
}

interface Pair {
  readonly unit: string | null;
  readonly today: string;
  readonly before: string | null;
}

/** A line per unit that moved on one of the two days. */
function pair(money: readonly MoneyPart[], kind: MoneyClass): readonly Pair[] {
  const own = money.filter((row) => row.money === kind && row.part !== 1);
  const units = [...new Set(own.map(({ unit }) => unit))];
  const of = (unit: string | null, part: number): string | null =>
    own.find((row) => row.unit === unit && row.part === part)?.amount ?? null;
  return units.sort(byUnit).map((unit) => ({ unit, today: of(unit, TODAY) ?? '0', before: of(unit, LAST_WEEK) }));
}

interface FigureProps {
  readonly label: string;
  readonly note?: string;
  readonly none: string;
  readonly rows: readonly Pair[];
  readonly then: (figure: ReactNode) => ReactNode;
}

function Figure({ label, note, none, rows, then }: FigureProps): ReactElement {
  return (
    <Panel label={label} note={note}>
      {rows.length === 0 ? <p className="text-muted text-sm">{none}</p> : null}
      {rows.map(({ unit, today, before }) => {
        const name = unit && visible(clip(unit, 20));
        return (
          <div key={name ?? ''}>
            <Money
              amount={today}
              className="whitespace-normal! font-semibold text-lg [overflow-wrap:anywhere] [&>span]:inline-block"
              currency={name}
            />
            <p className="text-muted text-xs">{then(<Money amount={before ?? '0'} currency={name} />)}</p>
          </div>
        );
      })}
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
  return (
    <Panel label={label}>
      <div>
        <p className="font-semibold text-lg tabular-nums">{groupDigits(String(value))}</p>
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
    <div className="min-w-0 rounded-panel border border-line bg-surface p-4 shadow-panel" title={note}>
      <h2 className="text-muted text-xs">{label}</h2>
      <div className="mt-1.5 grid gap-2">{children}</div>
    </div>
  );
}
