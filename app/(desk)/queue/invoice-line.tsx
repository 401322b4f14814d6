import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Badge } from '@/components/ui/badge';
import { Money } from '@/components/ui/money';
import { Time } from '@/components/ui/time';
import type { Concern } from '@/lib/invoices/attention';
import { writeSeen } from '@/lib/invoices/done-marks';
import type { InvoiceKind, WaitingInvoice } from '@/lib/overview/waiting-invoices';
import { clip, visible } from '@/lib/visible';
import { amountWords } from '../invoices/[id]/amount-words';
import { until } from '../invoices/[id]/until';
import { Line } from './line';

const DAY_MS = 86_400_000;
/** So many days before it lapses a hold is no longer a matter of this week. */
const URGENT_DAYS = 3;

interface InvoiceLineProps {
  readonly kind: InvoiceKind;
  readonly row: WaitingInvoice;
  readonly clock: Clock;
}

export function InvoiceLine({ kind, row, clock }: InvoiceLineProps): ReactElement {
  const t = useTranslations('done');
  const name = row.orderId ?? row.providerInvoiceId;
  return (
    <Line
      aside={
        row.concern?.code === 'on_hold' && kind === 'hold' ? (
          <TimeLeft clock={clock} lapsesAt={row.concern.lapsesAt} />
        ) : (
          <Time at={row.at} now={clock.now} zone={clock.zone} />
        )
      }
      done={{
        value: writeSeen({ invoiceId: row.id, version: row.version }),
        select: t('select', { name: visible(clip(name, 48)) }),
        mark: t('submit'),
      }}
      href={`/invoices/${row.id}`}
      isTest={row.isTest}
      name={name}
      project={row.project}
    >
      <Why clock={clock} kind={kind} row={row} />
    </Line>
  );
}

function Why({ kind, row, clock }: InvoiceLineProps): ReactElement {
  const t = useTranslations('overview.queue');
  const codes = useTranslations('invoices.attentionShort');
  const locale = useLocale();
  const { concern, currency } = row;
  if (kind === 'check') {
    return (
      <>
        {row.attention
          .map((code) => (codes.has(code as 'contradiction') ? codes(code as 'contradiction') : code))
          .join(' · ')}
      </>
    );
  }
  const said =
    concern &&
    moneyWords(t, concern, {
      amount: (value) => amountWords(value, currency, locale),
      time: (at) => until(at, clock.now, clock.zone, locale),
    });
  return (
    <>
      <Money amount={row.amount} className="text-ink" currency={currency} />
      {said ? ` · ${said}` : null}
    </>
  );
}

type Words = ReturnType<typeof useTranslations<'overview.queue'>>;

interface Formats {
  readonly amount: (value: string) => string;
  readonly time: (at: string) => string;
}

function moneyWords(t: Words, concern: Concern, { amount, time }: Formats): string | null {
  if (concern.code === 'overpaid') return concern.extra && t('extra', { extra: amount(concern.extra) });
  if (concern.code === 'on_hold') return concern.lapsesAt && t('lapses', { time: time(concern.lapsesAt) });
  if (concern.code !== 'partial' || concern.missing === null || concern.percent === null) return null;
  const missing = t('missing', { missing: amount(concern.missing), percent: concern.percent });
  if (concern.until === null) return missing;
  return `${missing} · ${t(concern.open ? 'openUntil' : 'closed', { time: time(concern.until) })}`;
}

/** Full days, rounded down. */
function TimeLeft({ lapsesAt, clock }: { readonly lapsesAt: string | null; readonly clock: Clock }): ReactElement {
  const t = useTranslations('overview.queue');
  const days = lapsesAt === null ? 0 : Math.floor((Date.parse(lapsesAt) - clock.now.getTime()) / DAY_MS);
  if (days < 0) return <Badge tone="bad">{t('lapsed')}</Badge>;
  return (
    <Badge icon="clock" tone={days < URGENT_DAYS ? 'bad' : 'attention'}>
      {t('daysLeft', { count: days })}
    </Badge>
  );
}
