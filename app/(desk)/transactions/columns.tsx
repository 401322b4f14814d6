import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { ColumnContext } from '@/app/(desk)/lists/list-results';
import { AheadMark } from '@/components/ahead-mark';
import type { Clock } from '@/components/clock-props';
import { CopyHandle } from '@/components/copy-handle';
import { KindBadge } from '@/components/kind-badge';
import { ListAmount } from '@/components/list-amount';
import { type Column, TimeHead } from '@/components/list-table';
import { ListTime } from '@/components/list-time';
import { InvoiceStatusBadge, TestBadge } from '@/components/status-badge';
import { Truncated } from '@/components/truncated';
import { TxHash } from '@/components/tx-hash';
import { Icon } from '@/components/ui/icon';
import { Id } from '@/components/ui/id';
import { Money } from '@/components/ui/money';
import { RowLink } from '@/components/ui/table';
import { UntrustedText } from '@/components/untrusted-text';
import type { Layout } from '@/lib/lists/layout';
import { getProvider } from '@/lib/providers';
import type { TransactionListRow } from '@/lib/transactions/queries';
import { clip, visible } from '@/lib/visible';
import { CUT, ProjectName } from '../invoices/columns';

export function useTransactionColumns({
  clock,
  layout,
  panelOf,
}: ColumnContext): readonly Column<TransactionListRow>[] {
  const t = useTranslations('lists.column');
  return [
    {
      name: 'time',
      head: <TimeHead clock={clock} layout={layout} />,
      className: 'text-muted',
      narrow: 'max-md:col-start-2 max-md:row-start-2 max-md:text-end',
      cell: (row) => <MovedAt clock={clock} layout={layout} row={row} />,
    },
    {
      name: 'kind',
      head: t('kind'),
      narrow: 'max-md:col-start-1 max-md:row-start-1',
      cell: (row) => <KindLink panel={panelOf(row.id)} row={row} />,
    },
    {
      name: 'proof',
      head: t('proof'),
      className: 'text-muted',
      narrow: 'max-md:col-start-1 max-md:row-start-2 max-md:w-auto max-md:truncate',
      cell: (row) => <Proof row={row} />,
    },
    { name: 'invoice', head: t('invoice'), from: 'xl', cell: (row) => <InvoiceId id={row.providerInvoiceId} /> },
    {
      name: 'order',
      head: t('order'),
      from: 'lg',
      className: `w-1/3 min-w-24 ${CUT}`,
      cell: ({ orderId }) => (orderId ? <Truncated text={orderId} /> : null),
    },
    {
      name: 'project',
      head: t('project'),
      from: 'wide',
      className: `w-1/3 min-w-24 ${CUT}`,
      cell: (row) => <ProjectName bare={layout.columns.includes('provider')} row={row} />,
    },
    { name: 'provider', head: t('provider'), cell: ({ provider }) => getProvider(provider)?.label ?? provider },
    {
      name: 'status',
      head: t('status'),
      cell: (row) => (
        <InvoiceStatusBadge cash={row.cashOnDelivery} raw={visible(clip(row.statusRaw, 12))} status={row.status} />
      ),
    },
    {
      name: 'usd',
      head: t('usd'),
      align: 'end',
      className: 'text-muted',
      cell: ({ amountUsd }) => (amountUsd ? <Money amount={amountUsd} currency="USD" /> : null),
    },
    {
      name: 'amount',
      head: t('amount'),
      align: 'end',
      narrow: 'max-md:col-start-2 max-md:row-start-1 max-md:ps-1',
      cell: ({ amount, currency }) => <ListAmount amount={amount} currency={currency} />,
    },
  ];
}

function MovedAt({ row, clock, layout }: { row: TransactionListRow; clock: Clock; layout: Layout }): ReactElement {
  const t = useTranslations('transactions');
  return (
    <span className="inline-flex items-center gap-1">
      <ListTime at={row.occurredAt} clock={clock} times={layout.times} />
      {row.timeSource === 'provider_ahead' ? <AheadMark /> : null}
      {row.timeSource === 'receipt' ? (
        <span className="relative text-faint" title={t('byReceipt')}>
          <Icon name="inbox" size={12} />
          <span className="sr-only">{t('byReceiptMark')}</span>
        </span>
      ) : null}
    </span>
  );
}

function KindLink({ row, panel }: { readonly row: TransactionListRow; readonly panel: string }): ReactElement {
  const t = useTranslations();
  const id = clip(visible(row.providerInvoiceId), 40);
  return (
    <span className="inline-flex items-center gap-1.5">
      <RowLink
        aria-label={t('transactions.open', { kind: t(`invoices.kind.${row.kind}`), id })}
        data-panel={panel}
        data-row={row.id}
        href={`/invoices/${row.invoiceId}`}
      >
        <KindBadge kind={row.kind} />
      </RowLink>
      {row.isTest ? <TestBadge /> : null}
    </span>
  );
}

/** What can be looked up elsewhere: the transfer on its chain, or the payment at the provider. */
function Proof({ row }: { readonly row: TransactionListRow }): ReactElement | null {
  const t = useTranslations();
  const [hash, ...others] = row.txHashes;
  if (hash) {
    return (
      <span className="inline-flex items-center gap-1">
        <TxHash currency={row.currency} hash={hash} />
        {others.length > 0 ? (
          <span className="relative text-xs max-sm:hidden" title={t('lists.moreHashes', { count: others.length })}>
            {`+${others.length}`}
          </span>
        ) : null}
      </span>
    );
  }
  if (row.externalId) return <UntrustedText most={32} text={t('transactions.card', { id: row.externalId })} />;
  return row.kind === 'expected' ? <span>{t('transactions.cash')}</span> : null;
}

function InvoiceId({ id }: { readonly id: string }): ReactElement {
  return (
    <span className="relative inline-flex items-center gap-0.5">
      <Id value={visible(id)} />
      <CopyHandle value={id} />
    </span>
  );
}
