import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { BarChart } from '@/components/bar-chart';
import type { Clock } from '@/components/clock-props';
import { DataTable } from '@/components/data-table';
import { Card } from '@/components/ui/card';
import { calendarDay } from '@/components/ui/clock';
import { groupDigits, trimZeros } from '@/components/ui/digits';
import { Money } from '@/components/ui/money';
import { heights, lastDays, type Series, toSeries } from '@/lib/overview/days';
import { sumMoney } from '@/lib/overview/sums';
import type { Access } from '@/lib/staff/access';
import { isCoin } from '@/lib/units';
import { clip, visible } from '@/lib/visible';

const DAYS = 30;
/** Units whose charts stand open; a shop that takes every coin has a dozen more. */
const MOST_SHOWN = 4;
const FILL = { received: 'fill-series-1', expected: 'fill-series-2', test: 'fill-line-strong' } as const;
const TITLE = { received: 'moneyIn', expected: 'expectedIn', test: 'testIn' } as const;

/** A chart per unit, so that no two are ever added; expected cash and test money in charts of their own. */
export async function MoneyADay({
  access,
  clock,
}: {
  readonly access: Access;
  readonly clock: Clock;
}): Promise<ReactElement> {
  const { dates, edges } = lastDays(DAYS, clock.zone, clock.now);
  const [parts, t] = await Promise.all([sumMoney(access, edges), getTranslations('overview')]);
  const series = toSeries(parts, DAYS);
  const received = series.filter(({ money }) => money === 'received');
  const shown = [...received.slice(0, MOST_SHOWN), ...series.filter(({ money }) => money === 'expected')];
  const more = received.slice(MOST_SHOWN);
  const test = series.filter(({ money }) => money === 'test');
  return (
    <Card title={t('moneyADay')}>
      {shown.length === 0 ? <p className="text-muted text-sm">{t('noMoney')}</p> : null}
      <Charts dates={dates} series={shown} />
      <Further dates={dates} label={t('moreCoins', { count: more.length })} series={more} />
      <Further dates={dates} label={t('testApart')} series={test} />
    </Card>
  );
}

interface ChartsProps {
  readonly dates: readonly string[];
  readonly series: readonly Series[];
}

/** What is not for everybody, behind its name. */
function Further({ label, ...charts }: ChartsProps & { readonly label: string }): ReactElement | null {
  if (charts.series.length === 0) return null;
  return (
    <details className="mt-4 border-line-soft border-t pt-3">
      <summary className="inline-block rounded-control text-muted text-xs underline decoration-line-strong underline-offset-4 hover:text-ink">
        {label}
      </summary>
      <div className="mt-3">
        <Charts {...charts} />
      </div>
    </details>
  );
}

function Charts({ dates, series }: ChartsProps): ReactElement {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(19rem,100%),1fr))] gap-x-8 gap-y-6">
      {series.map((one) => (
        <Chart dates={dates} key={`${one.money} ${one.unit}`} series={one} />
      ))}
    </div>
  );
}

async function Chart({
  dates,
  series,
}: {
  readonly dates: readonly string[];
  readonly series: Series;
}): Promise<ReactElement> {
  const [t, locale] = await Promise.all([getTranslations('overview'), getLocale()]);
  const shortDay = (date: string | undefined): string => (date ? calendarDay(date, locale) : '');
  const unit = series.unit && visible(clip(series.unit, 20));
  const title = series.money === 'received' && isCoin(series.unit) ? 'moneyInCoin' : TITLE[series.money];
  const label = t(title, { unit: unit ?? '' });
  const days = dates.map((date, index) => ({
    date,
    amount: series.amounts[index] ?? '0',
    count: series.counts[index] ?? 0,
    height: heights(series.amounts)[index] ?? 0,
  }));
  return (
    <section aria-label={label} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium text-sm">{label}</h3>
        <p className="text-muted text-xs">
          {t('lastDays', { count: dates.length })} <Money amount={series.total} className="text-ink" currency={unit} />
        </p>
      </div>
      <BarChart
        bars={days.map(({ date, amount, height }) => ({
          key: date,
          parts: [{ height, className: FILL[series.money] }],
          title: `${shortDay(date)}: ${groupDigits(trimZeros(amount), locale)} ${unit ?? ''}`,
        }))}
        from={shortDay(dates[0])}
        to={shortDay(dates.at(-1))}
      />
      <DataTable
        head={[t('day'), t('count'), t('amount')]}
        label={label}
        rows={[...days].reverse().map(({ date, count, amount }) => ({
          key: date,
          cells: [shortDay(date), count, <Money amount={amount} currency={unit} key={date} />],
        }))}
      />
    </section>
  );
}
