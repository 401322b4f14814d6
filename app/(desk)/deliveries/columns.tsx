import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { ColumnContext } from '@/app/(desk)/lists/list-results';
import { type Column, TimeHead } from '@/components/list-table';
import { ListTime } from '@/components/list-time';
import { DeliveryStatusBadge, TestBadge } from '@/components/status-badge';
import { Badge } from '@/components/ui/badge';
import { RowLink } from '@/components/ui/table';
import { UntrustedText } from '@/components/untrusted-text';
import { Waybill } from '@/components/waybill';
import { findFailure } from '@/lib/deliveries/failures/catalogue';
import type { DeliveryListRow } from '@/lib/deliveries/queries';
import { clip, visible } from '@/lib/visible';
import { CUT } from '../invoices/columns';

export function useDeliveryColumns({ clock, layout }: ColumnContext): readonly Column<DeliveryListRow>[] {
  const t = useTranslations('lists.column');
  return [
    {
      name: 'time',
      head: <TimeHead clock={clock} layout={layout} />,
      className: 'text-muted',
      narrow: 'max-md:col-start-2 max-md:row-start-1 max-md:text-end',
      cell: (row) => <ListTime at={row.updatedAt} clock={clock} times={layout.times} />,
    },
    {
      name: 'order',
      head: t('order'),
      className: 'min-w-28 max-w-52 truncate',
      narrow: 'max-md:col-start-1 max-md:row-start-1 max-md:pe-2 max-md:max-w-none',
      cell: (row) => <OrderLink row={row} />,
    },
    {
      name: 'status',
      head: t('status'),
      narrow: 'max-md:col-span-2 max-md:row-start-2',
      cell: (row) => <DeliveryState row={row} />,
    },
    {
      name: 'waybill',
      head: t('waybill'),
      className: `w-full min-w-40 max-md:w-auto max-md:max-w-none max-md:whitespace-normal ${CUT}`,
      narrow: 'max-md:col-span-2 max-md:row-start-3',
      cell: (row) => <WaybillsOrWhy row={row} />,
    },
    {
      name: 'recipient',
      head: t('recipient'),
      from: 'xl',
      className: 'max-w-40 truncate',
      cell: ({ recipientName }) => (recipientName ? <UntrustedText most={40} text={recipientName} /> : null),
    },
    {
      name: 'project',
      head: t('project'),
      from: 'xl',
      className: 'max-w-40 truncate',
      cell: ({ project }) => <UntrustedText most={40} text={project} />,
    },
  ];
}

function OrderLink({ row }: { readonly row: DeliveryListRow }): ReactElement {
  const t = useTranslations('deliveries.list');
  return (
    <RowLink
      aria-label={t('open', { id: visible(clip(row.providerInvoiceId, 40)) })}
      data-row={row.id}
      href={`/invoices/${row.invoiceId}`}
    >
      {row.orderId ? (
        <UntrustedText most={48} text={row.orderId} />
      ) : (
        <span className="font-normal text-muted">{t('noOrder')}</span>
      )}
    </RowLink>
  );
}

function DeliveryState({ row }: { readonly row: DeliveryListRow }): ReactElement {
  const t = useTranslations('deliveries.list');
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1.5">
      <DeliveryStatusBadge status={row.status} />
      {row.status === 'waybill_failed' && row.resolved ? (
        <Badge icon="check" tone="neutral">
          {t('resolved')}
        </Badge>
      ) : null}
      {row.isTest ? <TestBadge /> : null}
    </span>
  );
}

/** The first waybill and what the carrier says of it, or the first reason why there is none. */
function WaybillsOrWhy({ row }: { readonly row: DeliveryListRow }): ReactElement | null {
  const t = useTranslations();
  const [first, ...others] = row.waybills;
  const said = row.carrierText ?? row.carrierCode;
  if (first) {
    return (
      <>
        <Waybill compact number={first} />
        {others.length > 0 ? (
          <span className="ms-1 text-muted text-xs">{t('deliveries.list.more', { count: others.length })}</span>
        ) : null}
        {said ? <UntrustedText className="ms-2 text-muted text-xs md:max-lg:hidden" most={90} text={said} /> : null}
      </>
    );
  }
  const [reason] = row.failureReasons;
  if (!reason) return said ? <UntrustedText className="text-muted text-xs" most={90} text={said} /> : null;
  const code = findFailure(reason)?.code;
  return (
    <span className="text-muted">
      {code ? t(`waybills.reason.${code}.cause`) : <UntrustedText most={120} text={reason} />}
    </span>
  );
}
