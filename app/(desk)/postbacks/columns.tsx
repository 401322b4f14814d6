import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { ColumnContext } from '@/app/(desk)/lists/list-results';
import { ClaimedAmount, ClaimedStatus, isUnverified } from '@/components/claim';
import type { Clock } from '@/components/clock-props';
import { ListAmount } from '@/components/list-amount';
import { type Column, TimeHead } from '@/components/list-table';
import { ListTime } from '@/components/list-time';
import { OutcomeBadge } from '@/components/outcome-badge';
import { flagWords, reasonWords } from '@/components/postback-words';
import { TestBadge } from '@/components/status-badge';
import { Truncated } from '@/components/truncated';
import { absoluteTime } from '@/components/ui/clock';
import { Id } from '@/components/ui/id';
import { Link } from '@/components/ui/link';
import { RowLink } from '@/components/ui/table';
import type { Layout } from '@/lib/lists/layout';
import { parseDecimal } from '@/lib/money';
import { claimedStatusOf } from '@/lib/postbacks/claimed-status';
import type { LogRow } from '@/lib/postbacks/log';
import { getProvider } from '@/lib/providers';
import { visible } from '@/lib/visible';
import { CUT, ProjectName } from '../invoices/columns';

export function useLogColumns({ clock, layout, panelOf }: ColumnContext): readonly Column<LogRow>[] {
  const t = useTranslations('lists.column');
  const words = useTranslations('postbacks');
  return [
    {
      name: 'time',
      head: <TimeHead clock={clock} layout={layout} />,
      narrow: 'max-md:col-start-2 max-md:row-start-1 max-md:text-end',
      cell: (row) => <TimeLink clock={clock} layout={layout} panel={panelOf(row.id)} row={row} />,
    },
    {
      name: 'outcome',
      head: t('outcome'),
      narrow: 'max-md:col-start-1 max-md:row-start-1',
      cell: (row) => (
        <span className="inline-flex items-center gap-1.5">
          <OutcomeBadge outcome={row.outcome} />
          {row.signer === 'test' ? <TestBadge /> : null}
        </span>
      ),
    },
    {
      name: 'reason',
      head: t('reason'),
      className: `w-2/3 min-w-40 ${CUT}`,
      narrow: 'max-md:col-span-2 max-md:row-start-3 max-md:max-w-none max-md:empty:hidden',
      cell: (row) => <Reason row={row} />,
    },
    {
      name: 'order',
      head: t('order'),
      className: `w-1/4 min-w-24 ${CUT}`,
      narrow: 'max-md:col-start-1 max-md:row-start-2 max-md:w-auto max-md:max-w-none max-md:empty:hidden',
      cell: (row) =>
        row.orderId ? (
          <Claimed isMarked row={row}>
            <Truncated text={row.orderId} />
          </Claimed>
        ) : null,
    },
    {
      name: 'invoice',
      head: t('invoice'),
      from: 'wide',
      cell: (row) => <InvoiceLink row={row} />,
    },
    {
      name: 'project',
      head: t('project'),
      from: 'lg',
      className: `w-1/3 min-w-32 ${CUT}`,
      cell: (row) => <ProjectName bare={layout.columns.includes('provider')} row={row} />,
    },
    { name: 'provider', head: t('provider'), cell: ({ provider }) => getProvider(provider)?.label ?? provider },
    {
      name: 'verified',
      head: t('verified'),
      className: `w-1/4 min-w-32 text-muted ${CUT}`,
      cell: ({ verified }) => words(`verified.${verified ?? 'none'}`),
    },
    {
      name: 'size',
      head: t('size'),
      align: 'end',
      className: 'text-muted',
      cell: ({ bodySize }) => words('detail.bytes', { count: bodySize }),
    },
    {
      name: 'answer',
      head: t('answer'),
      align: 'end',
      cell: ({ answerStatus }) => (
        <span className={answerStatus === 200 ? 'text-muted' : 'font-medium text-bad'}>{answerStatus}</span>
      ),
    },
    {
      name: 'word',
      head: t('word'),
      from: 'lg',
      cell: (row) =>
        row.claimedStatus ? (
          <Claimed row={row}>
            <ClaimedStatus raw={row.claimedStatus} word={claimedStatusOf(row)} />
          </Claimed>
        ) : null,
    },
    {
      name: 'amount',
      head: t('amount'),
      align: 'end',
      narrow: 'max-md:col-start-2 max-md:row-start-2 max-md:text-end',
      cell: (row) =>
        row.claimedAmount === null ? null : (
          <Claimed row={row}>
            {parseDecimal(row.claimedAmount) === null ? (
              <ClaimedAmount amount={row.claimedAmount} currency={row.claimedCurrency} />
            ) : (
              <ListAmount amount={row.claimedAmount} currency={row.claimedCurrency} />
            )}
          </Claimed>
        ),
    },
  ];
}

interface TimeLinkProps {
  readonly row: LogRow;
  readonly panel: string;
  readonly clock: Clock;
  readonly layout: Layout;
}

function TimeLink({ row, panel, clock, layout }: TimeLinkProps): ReactElement {
  const t = useTranslations('postbacks.list');
  const locale = useLocale();
  return (
    <RowLink
      aria-label={t('open', { time: absoluteTime(row.receivedAt, clock.zone, locale) })}
      className="font-normal!"
      data-panel={panel}
      data-row={row.id}
      href={`/postbacks/${row.id}`}
    >
      <ListTime at={row.receivedAt} clock={clock} times={layout.times} />
    </RowLink>
  );
}

function Reason({ row }: { readonly row: LogRow }): ReactElement | null {
  const t = useTranslations('postbacks');
  const reason = reasonWords(t, row) ?? (row.verified === 'jwt_unbound' ? flagWords(t, 'unbound_token') : null);
  const copies = row.duplicates > 0 ? t('list.copies', { count: row.duplicates }) : null;
  if (!reason && !copies) return null;
  return (
    <span
      className="relative block truncate text-muted max-md:line-clamp-2 max-md:whitespace-normal"
      title={reason ?? undefined}
    >
      {reason ?? copies}
    </span>
  );
}

interface ClaimedProps {
  readonly row: LogRow;
  /** Says below it that it is not verified, once in a row; elsewhere the slant and the title do. */
  readonly isMarked?: boolean;
  readonly children: ReactElement;
}

/** Marks what a postback says as not verified where it was not accepted. */
function Claimed({ row, isMarked = false, children }: ClaimedProps): ReactElement {
  const t = useTranslations('postbacks.claim');
  if (!isUnverified(row)) return children;
  return (
    <span className="text-muted" title={t('note')}>
      <span className="italic">{children}</span>
      <span className={isMarked ? 'block truncate text-[0.6875rem] leading-3.5' : 'sr-only'}> {t('unverified')}</span>
    </span>
  );
}

function InvoiceLink({ row }: { readonly row: LogRow }): ReactElement | null {
  if (row.claimedInvoiceId && isUnverified(row)) {
    return (
      <Claimed row={row}>
        <Id value={visible(row.claimedInvoiceId)} />
      </Claimed>
    );
  }
  if (!row.invoiceId || !row.providerInvoiceId) return null;
  return (
    <Link className="text-link relative" href={`/invoices/${row.invoiceId}`}>
      <Id value={visible(row.providerInvoiceId)} />
    </Link>
  );
}
