import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { reasonWords } from '@/components/postback-words';
import { spanWords } from '@/components/ui/clock';
import { Time } from '@/components/ui/time';
import { findFailure } from '@/lib/deliveries/failures/catalogue';
import type { RefusedRow } from '@/lib/overview/refused';
import type { SilentRow } from '@/lib/overview/silence';
import type { WaitingWaybill } from '@/lib/overview/waiting-waybills';
import { type Access, may } from '@/lib/staff/access';
import { clip, visible } from '@/lib/visible';
import { dateIn } from '@/lib/zone';
import { writeSeenWaybill } from './done-items';
import { cappedCount } from './group';
import { Line } from './line';

interface LineProps<Row> {
  readonly row: Row;
  readonly clock: Clock;
  readonly access: Access;
}

function doctorHref(projectId: string): string {
  return `/settings/projects/${projectId}/doctor`;
}

/** Leads to just these postbacks; the cause is looked for on the doctor page. */
export function RefusedLine({ row, clock, access }: LineProps<RefusedRow>): ReactElement {
  const t = useTranslations('overview.queue');
  const words = useTranslations('postbacks');
  const from = dateIn(clock.zone, new Date(row.since));
  const recheck =
    row.recheckable && may(access, 'recheckRefused')
      ? { href: `/settings/projects/${row.projectId}#recheck`, label: t('recheck') }
      : null;
  const doctor = may(access, 'sendTestPostback') ? { href: doctorHref(row.projectId), label: t('doctor') } : null;
  return (
    <Line
      action={recheck ?? doctor}
      aside={<Time at={row.at} now={clock.now} zone={clock.zone} />}
      href={`/postbacks?project=${row.projectId}&outcome=${row.outcome}&from=${from}`}
      name={row.project}
    >
      {t('times', { count: row.count, shown: cappedCount(row.count) })}{' '}
      {reasonWords(words, { outcome: row.outcome, reason: row.reason, reasonField: row.field })}
    </Line>
  );
}

export function SilentLine({ row, clock, access }: LineProps<SilentRow>): ReactElement {
  const t = useTranslations('overview.queue');
  const locale = useLocale();
  const href = may(access, 'sendTestPostback') ? doctorHref(row.projectId) : `/postbacks?project=${row.projectId}`;
  return (
    <Line aside={<Time at={row.at} now={clock.now} zone={clock.zone} />} href={href} name={row.project}>
      {t('silent', {
        span: spanWords(clock.now.getTime() - Date.parse(row.at), locale),
        usual: spanWords(row.allowed, locale),
      })}
    </Line>
  );
}

export function WaybillLine({ row, clock, access }: LineProps<WaitingWaybill>): ReactElement {
  const t = useTranslations('waybills.reason');
  const words = useTranslations('done');
  const name = row.orderId ?? row.providerInvoiceId;
  const [reason = ''] = row.reasons;
  const code = findFailure(reason)?.code;
  return (
    <Line
      aside={<Time at={row.at} now={clock.now} zone={clock.zone} />}
      done={
        may(access, 'resolveWaybill')
          ? {
              value: writeSeenWaybill(row),
              select: words('select', { name: visible(clip(name, 48)) }),
              mark: words('submit'),
            }
          : null
      }
      href={`/invoices/${row.invoiceId}`}
      isTest={row.isTest}
      name={name}
      project={row.project}
    >
      {code ? t(`${code}.cause`) : <bdi>{visible(clip(reason, 160))}</bdi>}
    </Line>
  );
}
