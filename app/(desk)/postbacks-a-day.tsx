import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { BarChart } from '@/components/bar-chart';
import type { Clock } from '@/components/clock-props';
import { DataTable } from '@/components/data-table';
import { Card } from '@/components/ui/card';
import { calendarDay } from '@/components/ui/clock';
import { Link } from '@/components/ui/link';
import { lastDays } from '@/lib/overview/days';
import { countCreated, countOutcomes } from '@/lib/overview/sums';
import { KEPT_OUTCOMES } from '@/lib/postbacks/outcome';
import { type Access, may } from '@/lib/staff/access';

const DAYS = 14;

/** Verdicts in groups that the eye tells apart; the table has each of them. */
const FILL = {
  accepted: 'fill-good',
  duplicate: 'fill-line-strong',
  contradiction: 'fill-attention',
  incomplete: 'fill-bad',
  unreadable: 'fill-bad',
  refused: 'fill-bad',
} as const;

/** The colours that stand for something, and the verdicts that share them. */
const LEGEND = [
  ['bg-good', ['accepted']],
  ['bg-line-strong', ['duplicate']],
  ['bg-attention', ['contradiction']],
  ['bg-bad', ['incomplete', 'unreadable', 'refused']],
] as const;

/** A chart without days has no first one. */
async function dayWords(): Promise<(date: string | undefined) => string> {
  const locale = await getLocale();
  return (date) => (date ? calendarDay(date, locale) : '');
}

/** Counts a day: invoices, and how postbacks ended. */
export async function PostbacksADay({
  access,
  clock,
}: {
  readonly access: Access;
  readonly clock: Clock;
}): Promise<ReactElement> {
  const { dates, edges } = lastDays(DAYS, clock.zone, clock.now);
  const [created, outcomes] = await Promise.all([countCreated(access, edges), countOutcomes(access, edges)]);
  const invoices = dates.map((date, day) => ({
    date,
    real: created.find(({ part, isTest }) => part === day && !isTest)?.count ?? 0,
    test: created.find(({ part, isTest }) => part === day && isTest)?.count ?? 0,
  }));
  const verdicts = dates.map((date, day) => ({
    date,
    counts: KEPT_OUTCOMES.map(
      (outcome) => outcomes.find((row) => row.part === day && row.outcome === outcome)?.count ?? 0,
    ),
  }));
  return (
    <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
      <InvoicesCard days={invoices} />
      {may(access, 'seePostbacks') ? <VerdictsCard days={verdicts} /> : null}
    </div>
  );
}

interface InvoiceDay {
  readonly date: string;
  readonly real: number;
  readonly test: number;
}

async function InvoicesCard({ days }: { readonly days: readonly InvoiceDay[] }): Promise<ReactElement> {
  const [t, shortDay] = await Promise.all([getTranslations('overview'), dayWords()]);
  const most = Math.max(1, ...days.map(({ real }) => real));
  return (
    <Card title={t('countsADay')}>
      <BarChart
        bars={days.map(({ date, real }) => ({
          key: date,
          parts: [{ height: (real * 1000) / most, className: 'fill-series-3' }],
          title: `${shortDay(date)}: ${real}`,
        }))}
        from={shortDay(days[0]?.date)}
        to={shortDay(days.at(-1)?.date)}
      />
      <DataTable
        head={[t('day'), t('invoicesCount'), t('testCount')]}
        label={t('countsADay')}
        rows={[...days].reverse().map(({ date, real, test }) => ({ key: date, cells: [shortDay(date), real, test] }))}
      />
    </Card>
  );
}

interface VerdictDay {
  readonly date: string;
  /** In the order of `KEPT_OUTCOMES`. */
  readonly counts: readonly number[];
}

async function VerdictsCard({ days }: { readonly days: readonly VerdictDay[] }): Promise<ReactElement> {
  const [t, words, shortDay] = await Promise.all([
    getTranslations('overview'),
    getTranslations('postbacks.outcome'),
    dayWords(),
  ]);
  const sum = ({ counts }: VerdictDay): number => counts.reduce((total, count) => total + count, 0);
  const most = Math.max(1, ...days.map(sum));
  return (
    <Card
      actions={
        <Link className="text-link text-xs" href="/postbacks">
          {t('postbacksLink')}
        </Link>
      }
      title={t('outcomesADay')}
    >
      <BarChart
        bars={days.map((day) => ({
          key: day.date,
          parts: KEPT_OUTCOMES.map((outcome, index) => ({
            height: ((day.counts[index] ?? 0) * 1000) / most,
            className: FILL[outcome],
          })),
          title: `${shortDay(day.date)}: ${sum(day)}`,
        }))}
        from={shortDay(days[0]?.date)}
        to={shortDay(days.at(-1)?.date)}
      />
      <p aria-hidden="true" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
        {LEGEND.map(([colour, outcomes]) => (
          <span className="inline-flex items-center gap-1.5" key={colour}>
            <span className={`size-2.5 shrink-0 rounded-[3px] ${colour}`} />
            {outcomes.map((outcome) => words(outcome)).join(' · ')}
          </span>
        ))}
      </p>
      <DataTable
        head={[t('day'), ...KEPT_OUTCOMES.map((outcome) => words(outcome))]}
        label={t('outcomesADay')}
        rows={[...days].reverse().map(({ date, counts }) => ({ key: date, cells: [shortDay(date), ...counts] }))}
      />
    </Card>
  );
}
