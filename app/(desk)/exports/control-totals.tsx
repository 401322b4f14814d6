import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { groupDigits } from '@/components/ui/digits';
import { Icon } from '@/components/ui/icon';
import { UntrustedText } from '@/components/untrusted-text';
import type { ControlTotal } from '@/lib/exports/tally';

/** The others, mostly coins, are one click away. */
const OPEN = 2;

/** Every digit: these are compared with what a spreadsheet says. */
export function ControlTotals({ totals }: { readonly totals: readonly ControlTotal[] }): ReactElement {
  const t = useTranslations('exports.summary');
  if (totals.length === 0) return <p className="text-muted text-sm">{t('none')}</p>;
  const units = [...new Set(totals.map(({ unit }) => unit))];
  const ofUnit = (unit: string): ReactElement => (
    <OfUnit key={unit} totals={totals.filter((total) => total.unit === unit)} unit={unit} />
  );
  const more = units.slice(OPEN);
  return (
    <section aria-label={t('totals')}>
      <h3 className="font-medium text-ink text-sm">{t('totals')}</h3>
      <p className="mt-0.5 mb-2 text-muted text-xs">{t('totalsNote')}</p>
      <div className="overflow-hidden rounded-control border border-line">
        {units.slice(0, OPEN).map(ofUnit)}
        {more.length > 0 ? (
          <details className="group">
            <summary className="flex items-center gap-1 px-3 py-2 text-muted text-xs hover:text-ink">
              <Icon className="transition-transform group-open:rotate-90" name="chevron-right" size={14} />
              {t('more', { count: more.length })}
            </summary>
            {more.map(ofUnit)}
          </details>
        ) : null}
      </div>
    </section>
  );
}

function OfUnit({ unit, totals }: { unit: string; totals: readonly ControlTotal[] }): ReactElement {
  const t = useTranslations('exports.summary');
  const locale = useLocale();
  return (
    <div className="border-line border-b last:border-b-0">
      <h4 className="bg-sunken px-3 py-1.5 font-medium text-ink text-xs">
        {unit === '' ? t('noCurrency') : <UntrustedText most={40} text={unit} />}
      </h4>
      <dl className="px-3 py-1">
        {totals.map(({ column, sum }) => (
          <div className="flex justify-between gap-4 py-1" key={column}>
            <dt className="font-mono text-muted text-xs leading-5">{column}</dt>
            <dd className="min-w-0 text-end text-ink text-sm tabular-nums [overflow-wrap:anywhere]">
              {groupDigits(sum, locale)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
