import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import { InvoiceStatusBadge, TestBadge } from '@/components/status-badge';
import { CopyButton } from '@/components/ui/copy-button';
import { Icon } from '@/components/ui/icon';
import { Id } from '@/components/ui/id';
import { Money } from '@/components/ui/money';
import { Cell, HeadCell, Row, RowLink, Table, TableHead } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { InvoiceRow } from '@/lib/invoices/queries';
import { getProvider } from '@/lib/providers';
import { clip, visible } from '@/lib/visible';

interface InvoiceTableProps {
  readonly rows: readonly InvoiceRow[];
  readonly zone: string;
  readonly now: Date;
  /** Whether this role sees customers, masked or not. */
  readonly people: boolean;
}

/** On a phone each row is two lines: order and amount, status and time. */
const NARROW_ROW =
  'max-md:grid max-md:grid-cols-[minmax(6rem,1fr)_minmax(0,max-content)] max-md:gap-y-1 max-md:border-line-soft max-md:border-b max-md:py-2.5 max-md:last:border-b-0';
const NARROW = 'max-md:h-auto max-md:border-b-0 max-md:px-4';
const ONLY_WIDE = 'max-md:hidden';
/** Eighteen decimals must not push the page sideways. */
const WRAPPED =
  'md:inline-block md:min-w-36 xl:min-w-44 whitespace-normal! [overflow-wrap:anywhere] [&>span]:inline-block';

export function InvoiceTable({ rows, zone, now, people }: InvoiceTableProps): ReactElement {
  const t = useTranslations('invoices.list');
  return (
    <div className="max-md:[&_table]:block">
      <Table label={t('label')}>
        <TableHead>
          <HeadCell className={ONLY_WIDE}>{t('time')}</HeadCell>
          <HeadCell className={ONLY_WIDE}>{t('order')}</HeadCell>
          <HeadCell className="max-lg:hidden">{t('invoice')}</HeadCell>
          {people ? <HeadCell className="max-[1400px]:hidden">{t('customer')}</HeadCell> : null}
          <HeadCell className="max-xl:hidden">{t('project')}</HeadCell>
          <HeadCell className={ONLY_WIDE}>{t('status')}</HeadCell>
          <HeadCell align="end" className={ONLY_WIDE}>
            {t('amount')}
          </HeadCell>
        </TableHead>
        <tbody className="max-md:block">
          {rows.map((row) => (
            <InvoiceLine key={row.id} now={now} people={people} row={row} zone={zone} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

interface LineProps extends Omit<InvoiceTableProps, 'rows'> {
  readonly row: InvoiceRow;
}

function InvoiceLine({ row, zone, now, people }: LineProps): ReactElement {
  const t = useTranslations();
  const id = visible(row.providerInvoiceId);
  return (
    <Row className={NARROW_ROW}>
      <Cell className={`${NARROW} text-muted max-md:col-start-2 max-md:row-start-2 max-md:text-end`}>
        <Time at={row.createdAt} now={now} zone={zone} />
      </Cell>
      <Cell
        className={`${NARROW} w-full min-w-28 max-w-0 truncate max-md:col-start-1 max-md:row-start-1 max-md:w-auto max-md:pe-2 max-md:max-w-none`}
      >
        <RowLink aria-label={t('invoices.list.open', { id: clip(id, 40) })} href={`/invoices/${row.id}`}>
          {row.orderId ? (
            <Foreign most={48} text={row.orderId} />
          ) : (
            <span className="font-normal text-muted">{t('invoices.list.noOrder')}</span>
          )}
        </RowLink>
      </Cell>
      <Cell className="max-lg:hidden">
        <span className="inline-flex items-center gap-0.5">
          <Id value={id} />
          <span className="relative">
            <CopyButton compact copied={t('copy.copied')} label={t('copy.label')} value={row.providerInvoiceId} />
          </span>
        </span>
      </Cell>
      {people ? (
        <Cell className="max-w-36 truncate max-[1400px]:hidden">
          {row.customerName ? <Foreign most={40} text={row.customerName} /> : null}
        </Cell>
      ) : null}
      <Cell className="max-w-40 truncate max-xl:hidden">
        <Foreign most={40} text={row.project} />
        <span className="ms-1.5 text-muted text-xs">{getProvider(row.provider)?.label ?? row.provider}</span>
      </Cell>
      <Cell className={`${NARROW} max-md:col-start-1 max-md:row-start-2`}>
        <span className="inline-flex items-center gap-1.5">
          <InvoiceStatusBadge raw={visible(clip(row.statusRaw, 40))} status={row.status} />
          {row.isTest ? <TestBadge /> : null}
          {row.attention.length > 0 ? <Attention word={t('invoices.attentionMark')} /> : null}
        </span>
      </Cell>
      <Cell align="end" className={`${NARROW} max-md:col-start-2 max-md:row-start-1 whitespace-normal! max-md:ps-1`}>
        <Money
          amount={row.amount}
          className={`font-medium ${WRAPPED}`}
          currency={row.currency && visible(clip(row.currency, 16))}
        />
      </Cell>
    </Row>
  );
}

function Attention({ word }: { readonly word: string }): ReactElement {
  return (
    <span className="text-attention" title={word}>
      <Icon name="triangle-alert" size={14} />
      <span className="sr-only">{word}</span>
    </span>
  );
}
