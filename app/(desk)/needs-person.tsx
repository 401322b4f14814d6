import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { Foreign } from '@/components/foreign';
import { reasonWords } from '@/components/postback-words';
import { TestBadge } from '@/components/status-badge';
import { Card } from '@/components/ui/card';
import { Icon, type IconName } from '@/components/ui/icon';
import { Time } from '@/components/ui/time';
import { findFailure } from '@/lib/deliveries/failures/catalogue';
import { listFailedWaybills } from '@/lib/deliveries/queries';
import { listAttention, listRefused } from '@/lib/overview/queries';
import type { Access } from '@/lib/staff/access';
import { clip, visible } from '@/lib/visible';

const DAY_MS = 86_400_000;
const MOST_WAYBILLS = 5;

/** What nobody but a person can settle, each with the way to it. */
export async function NeedsPerson({
  access,
  clock,
}: {
  readonly access: Access;
  readonly clock: Clock;
}): Promise<ReactElement> {
  const { now } = clock;
  const [attention, refused, waybills, t, words, postbacks, failures] = await Promise.all([
    listAttention(access, new Date(now.getTime() - 30 * DAY_MS)),
    listRefused(access, new Date(now.getTime() - DAY_MS)),
    listFailedWaybills(access, MOST_WAYBILLS),
    getTranslations('overview.attention'),
    getTranslations('invoices.attentionShort'),
    getTranslations('postbacks'),
    getTranslations('waybills.reason'),
  ]);
  const time = (at: string): ReactElement => (
    <Time at={at} className="text-muted text-xs" now={now} zone={clock.zone} />
  );
  const failureWords = (reason: string): string => {
    const code = findFailure(reason)?.code;
    return code ? failures(`${code}.cause`) : visible(clip(reason, 160));
  };
  const name = (orderId: string | null, invoiceId: string): ReactElement => (
    <Foreign most={48} text={orderId ?? invoiceId} />
  );
  if (attention.length + refused.length + waybills.length === 0) {
    return (
      <Card title={t('title')}>
        <p className="flex items-center gap-2 text-muted text-sm">
          <Icon className="text-good" name="circle-check" />
          {t('none')}
        </p>
      </Card>
    );
  }
  return (
    <Card padded={false} title={t('title')}>
      <ul>
        {waybills.map((row) => (
          <Line
            aside={time(row.updatedAt)}
            href={`/invoices/${row.invoiceId}`}
            icon="truck"
            key={row.invoiceId}
            title={name(row.orderId, row.providerInvoiceId)}
          >
            {t('waybill', { reason: failureWords(row.reasons[0] ?? '') })}
            {row.isTest ? <TestBadge /> : null}
          </Line>
        ))}
        {attention.map((row) => (
          <Line
            aside={time(row.updatedAt)}
            href={`/invoices/${row.id}`}
            icon="triangle-alert"
            key={row.id}
            title={name(row.orderId, row.providerInvoiceId)}
          >
            {row.attention.map((code) => (words.has(code) ? words(code) : code)).join(' · ')}
            {row.isTest ? <TestBadge /> : null}
          </Line>
        ))}
        {refused.map((row) => (
          <Line
            aside={time(row.lastAt)}
            href={`/postbacks?project=${row.projectId}&outcome=refused&outcome=unreadable&outcome=incomplete`}
            icon="ban"
            key={`${row.projectId} ${row.outcome} ${row.reason}`}
            title={<Foreign most={48} text={row.project} />}
          >
            {t('refusedTimes', { count: row.count })}{' '}
            {reasonWords(postbacks, { outcome: row.outcome, reason: row.reason, reasonField: row.field })}
          </Line>
        ))}
      </ul>
    </Card>
  );
}

interface LineProps {
  readonly href: string;
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly aside: ReactNode;
  readonly children: ReactNode;
}

function Line({ href, icon, title, aside, children }: LineProps): ReactElement {
  return (
    <li className="relative flex gap-3 border-line-soft border-b px-4 py-2.5 text-sm last:border-b-0 hover:bg-hover">
      <Icon className="mt-0.5 text-attention" name={icon} />
      <div className="min-w-0 flex-1">
        <Link
          className="font-medium text-ink [overflow-wrap:anywhere] after:absolute after:inset-0"
          href={href}
          prefetch={false}
        >
          {title}
        </Link>
        <p className="flex flex-wrap items-center gap-x-2 text-muted [overflow-wrap:anywhere]">{children}</p>
      </div>
      <span className="shrink-0">{aside}</span>
    </li>
  );
}
