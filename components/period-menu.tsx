import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import type { ListFilter } from '@/lib/query-string';
import { dateIn, type Period, periodDates } from '@/lib/zone';
import { AddressForm } from './address-form';
import { type Chip, Chips } from './chips';
import { Menu } from './menu';
import { MenuLink } from './menu-link';
import { Button } from './ui/button';
import { Field } from './ui/field';
import { Input } from './ui/input';

interface PeriodMenuProps {
  readonly filter: ListFilter;
  readonly now: Date;
  readonly hrefOf: (change: { readonly from: string | null; readonly to: string | null }) => string;
  /** What stands at the other end of the line. */
  readonly children?: ReactNode;
}

const NEAR = ['today', 'yesterday', 'this_week', 'last_week', 'this_month', 'last_month'] as const;
const FAR = ['this_quarter', 'last_quarter', 'this_year', 'last_year'] as const;

/** Named periods and dates of one's own, in the zone of the filter, which is printed beside them. */
export function PeriodMenu({ filter, now, hrefOf, children }: PeriodMenuProps): ReactElement {
  const t = useTranslations('invoices.filter');
  const words = useTranslations('lists');
  const today = dateIn(filter.tz, now);
  const isCurrent = (period: Period): boolean => {
    const { from, to } = periodDates(period, today);
    return filter.from === from && filter.to === to;
  };
  const none = filter.from === null && filter.to === null;
  const chips: Chip[] = NEAR.map((period) => {
    const dates = periodDates(period, today);
    return { key: period, href: hrefOf(dates), label: t(period), current: isCurrent(period) };
  });
  const all: Chip = { key: 'all', href: hrefOf({ from: null, to: null }), label: t('allTime'), current: none };
  const far = FAR.find(isCurrent);
  const own = !none && !far && !NEAR.some(isCurrent);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1.5">
      <div className="min-w-0 max-w-full">
        <Chips chips={[all, ...chips]} label={t('period')} />
      </div>
      <Menu
        align="start"
        current={own || far !== undefined}
        icon="calendar"
        label={far ? t(far) : own ? words('period.own', ownDates(filter)) : words('period.more')}
        round
      >
        {FAR.map((period) => (
          <MenuLink current={period === far} href={hrefOf(periodDates(period, today))} key={period}>
            {t(period)}
          </MenuLink>
        ))}
        <OwnDates filter={filter} href={hrefOf({ from: null, to: null })} />
      </Menu>
      <span className="text-muted text-xs">{t('zone', { zone: filter.tz })}</span>
      {children ? <div className="ms-auto flex items-center gap-2">{children}</div> : null}
    </div>
  );
}

function ownDates({ from, to }: ListFilter): { from: string; to: string } {
  return { from: from ?? '…', to: to ?? '…' };
}

/** A form that sends itself as an address, with everything else that is chosen. */
function OwnDates({ filter, href }: { readonly filter: ListFilter; readonly href: string }): ReactElement {
  const t = useTranslations('invoices.filter');
  const url = new URL(href, 'http://here.invalid');
  return (
    <AddressForm
      action={url.pathname}
      className="mt-1.5 grid w-60 gap-2 border-line-soft border-t p-2.5 pb-1"
      key={`${filter.from} ${filter.to}`}
    >
      {[...url.searchParams].map(([name, value]) => (
        <input key={`${name} ${value}`} name={name} type="hidden" value={value} />
      ))}
      <Field label={t('from')} name="from">
        {(control) => <Input {...control} defaultValue={filter.from ?? ''} type="date" />}
      </Field>
      <Field label={t('to')} name="to">
        {(control) => <Input {...control} defaultValue={filter.to ?? ''} type="date" />}
      </Field>
      <Button size="small" type="submit">
        {t('apply')}
      </Button>
    </AddressForm>
  );
}
