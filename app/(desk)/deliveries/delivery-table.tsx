import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import { DeliveryStatusBadge, TestBadge } from '@/components/status-badge';
import { Badge } from '@/components/ui/badge';
import { Cell, HeadCell, Row, RowLink, Table, TableHead } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { Waybill } from '@/components/waybill';
import { findFailure } from '@/lib/deliveries/failures/catalogue';
import type { DeliveryListRow } from '@/lib/deliveries/queries';
import { clip, visible } from '@/lib/visible';

interface DeliveryTableProps {
  readonly rows: readonly DeliveryListRow[];
  readonly zone: string;
  readonly now: Date;
  /** Whether this role sees recipients, masked or not. */
  readonly people: boolean;
}

/** On a phone each row is three lines: order and time, status, waybill or why there is none. */
const NARROW_ROW =
  'max-md:grid max-md:grid-cols-[minmax(6rem,1fr)_minmax(0,max-content)] max-md:gap-y-1 max-md:border-line-soft max-md:border-b max-md:py-2.5 max-md:last:border-b-0';
const NARROW = 'max-md:h-auto max-md:border-b-0 max-md:px-4';
const ONLY_WIDE = 'max-md:hidden';

export function DeliveryTable({ rows, zone, now, people }: DeliveryTableProps): ReactElement {
  const t = useTranslations('deliveries.list');
  return (
    <div className="max-md:[&_table]:block">
      <Table label={t('label')}>
        <TableHead>
          <HeadCell className={ONLY_WIDE}>{t('time')}</HeadCell>
          <HeadCell className={ONLY_WIDE}>{t('order')}</HeadCell>
          <HeadCell className={ONLY_WIDE}>{t('status')}</HeadCell>
          <HeadCell className={ONLY_WIDE}>{t('waybill')}</HeadCell>
          {people ? <HeadCell className="max-xl:hidden">{t('recipient')}</HeadCell> : null}
          <HeadCell className="max-xl:hidden">{t('project')}</HeadCell>
        </TableHead>
        <tbody className="max-md:block">
          {rows.map((row) => (
            <DeliveryLine key={row.id} now={now} people={people} row={row} zone={zone} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

interface LineProps extends Omit<DeliveryTableProps, 'rows'> {
  readonly row: DeliveryListRow;
}

function DeliveryLine({ row, zone, now, people }: LineProps): ReactElement {
  const t = useTranslations('deliveries.list');
  return (
    <Row className={NARROW_ROW}>
      <Cell className={`${NARROW} text-muted max-md:col-start-2 max-md:row-start-1 max-md:text-end`}>
        <Time at={row.updatedAt} now={now} zone={zone} />
      </Cell>
      <Cell
        className={`${NARROW} min-w-28 max-w-52 truncate max-md:col-start-1 max-md:row-start-1 max-md:pe-2 max-md:max-w-none`}
      >
        <RowLink
          aria-label={t('open', { id: visible(clip(row.providerInvoiceId, 40)) })}
          href={`/invoices/${row.invoiceId}`}
        >
          {row.orderId ? (
            <Foreign most={48} text={row.orderId} />
          ) : (
            <span className="font-normal text-muted">{t('noOrder')}</span>
          )}
        </RowLink>
      </Cell>
      <Cell className={`${NARROW} max-md:col-span-2 max-md:row-start-2`}>
        <span className="inline-flex max-w-full flex-wrap items-center gap-1.5">
          <DeliveryStatusBadge status={row.status} />
          {row.status === 'waybill_failed' && row.resolved ? (
            <Badge icon="check" tone="neutral">
              {t('resolved')}
            </Badge>
          ) : null}
          {row.isTest ? <TestBadge /> : null}
        </span>
      </Cell>
      <Cell
        className={`${NARROW} w-full max-md:w-auto max-w-0 max-md:max-w-none overflow-hidden text-ellipsis max-md:whitespace-normal max-md:col-span-2 max-md:row-start-3`}
      >
        <WaybillsOrWhy row={row} />
      </Cell>
      {people ? (
        <Cell className="max-w-40 truncate max-xl:hidden">
          {row.recipientName ? <Foreign most={40} text={row.recipientName} /> : null}
        </Cell>
      ) : null}
      <Cell className="max-w-40 truncate max-xl:hidden">
        <Foreign most={40} text={row.project} />
      </Cell>
    </Row>
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
        {said ? <Foreign className="ms-2 text-muted text-xs md:max-lg:hidden" most={90} text={said} /> : null}
      </>
    );
  }
  const [reason] = row.failureReasons;
  if (!reason) return said ? <Foreign className="text-muted text-xs" most={90} text={said} /> : null;
  const code = findFailure(reason)?.code;
  return (
    <span className="text-muted">
      {code ? t(`waybills.reason.${code}.cause`) : <Foreign most={120} text={reason} />}
    </span>
  );
}
