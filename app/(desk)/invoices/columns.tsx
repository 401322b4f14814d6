import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { ColumnContext } from '@/app/(desk)/lists/list-results';
import { AheadMark } from '@/components/ahead-mark';
import { CopyHandle } from '@/components/copy-handle';
import { ListAmount } from '@/components/list-amount';
import { type Column, TimeHead } from '@/components/list-table';
import { ListTime } from '@/components/list-time';
import { ProviderStatus } from '@/components/provider-status';
import { InvoiceStatusBadge, TestBadge } from '@/components/status-badge';
import { Truncated } from '@/components/truncated';
import { Icon } from '@/components/ui/icon';
import { Id } from '@/components/ui/id';
import { Money } from '@/components/ui/money';
import { RowLink } from '@/components/ui/table';
import type { InvoiceRow } from '@/lib/invoices/queries';
import { getProvider } from '@/lib/providers';
import { clip, visible } from '@/lib/visible';

interface InvoiceColumns extends ColumnContext {
  /** By which a row stands where it does: its creation, or within a period its transaction. */
  readonly timeOf: (row: InvoiceRow) => string;
}

/** Takes what room there is and no more. Clipped, as a hidden overflow would scroll when its link is focused. */
export const CUT = 'max-w-0 overflow-clip text-ellipsis';

export function useInvoiceColumns(look: InvoiceColumns): readonly Column<InvoiceRow>[] {
  const t = useTranslations('lists.column');
  const { clock, layout, panelOf, timeOf } = look;
  const time = (at: string): ReactElement => <ListTime at={at} clock={clock} times={layout.times} />;
  return [
    {
      name: 'time',
      head: <TimeHead clock={clock} layout={layout} />,
      className: 'text-muted',
      narrow: 'max-md:col-start-2 max-md:row-start-2 max-md:text-end',
      cell: (row) => (
        <span className="inline-flex items-center gap-1">
          {time(timeOf(row))}
          {row.attention.includes('time_ahead') ? <AheadMark /> : null}
        </span>
      ),
    },
    {
      name: 'order',
      head: t('order'),
      className: `w-2/5 min-w-28 ${CUT}`,
      narrow: 'max-md:col-start-1 max-md:row-start-1 max-md:w-auto max-md:pe-2 max-md:max-w-none',
      cell: (row) => <OrderLink panel={panelOf(row.id)} row={row} />,
    },
    { name: 'invoice', head: t('invoice'), from: 'lg', cell: (row) => <InvoiceId id={row.providerInvoiceId} /> },
    {
      name: 'customer',
      head: t('customer'),
      from: 'wide',
      className: `w-1/4 min-w-24 ${CUT}`,
      cell: ({ customerName }) => (customerName ? <Truncated text={customerName} /> : null),
    },
    {
      name: 'project',
      head: t('project'),
      from: 'xl',
      className: `w-1/3 min-w-24 ${CUT}`,
      cell: (row) => <ProjectName bare={layout.columns.includes('provider')} row={row} />,
    },
    { name: 'provider', head: t('provider'), cell: ({ provider }) => getProvider(provider)?.label ?? provider },
    {
      name: 'status',
      head: t('status'),
      narrow: 'max-md:col-start-1 max-md:row-start-2',
      cell: (row) => <Status row={row} />,
    },
    {
      name: 'word',
      head: t('word'),
      className: 'max-w-36 truncate text-muted',
      cell: ({ statusRaw }) => <ProviderStatus raw={statusRaw} />,
    },
    { name: 'paid', head: t('paid'), className: 'text-muted', cell: ({ paidAt }) => (paidAt ? time(paidAt) : null) },
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

function OrderLink({ row, panel }: { readonly row: InvoiceRow; readonly panel: string }): ReactElement {
  const t = useTranslations('invoices.list');
  return (
    <RowLink
      aria-label={t('open', { id: clip(visible(row.providerInvoiceId), 40) })}
      data-panel={panel}
      data-row={row.id}
      href={`/invoices/${row.id}`}
    >
      {row.orderId ? <Truncated text={row.orderId} /> : <span className="font-normal text-muted">{t('noOrder')}</span>}
    </RowLink>
  );
}

function InvoiceId({ id }: { readonly id: string }): ReactElement {
  return (
    <span className="relative inline-flex items-center gap-0.5">
      <Id value={visible(id)} />
      <CopyHandle value={id} />
    </span>
  );
}

export function ProjectName(props: {
  readonly row: { readonly project: string; readonly provider: string };
  readonly bare: boolean;
}): ReactElement {
  const { row, bare } = props;
  return (
    <>
      <Truncated text={row.project} />
      {bare ? null : (
        <span className="ms-1.5 text-muted text-xs">{getProvider(row.provider)?.label ?? row.provider}</span>
      )}
    </>
  );
}

function Status({ row }: { readonly row: InvoiceRow }): ReactElement {
  const t = useTranslations('invoices');
  return (
    <span className="inline-flex items-center gap-1.5">
      <InvoiceStatusBadge cash={row.cashOnDelivery} raw={visible(clip(row.statusRaw, 12))} status={row.status} />
      {row.isTest ? <TestBadge /> : null}
      {row.attention.length > 0 ? (
        <span className="relative text-attention" title={t('attentionMark')}>
          <Icon name="triangle-alert" size={14} />
          <span className="sr-only">{t('attentionMark')}</span>
        </span>
      ) : null}
    </span>
  );
}
