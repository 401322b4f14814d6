import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import { OutcomeBadge } from '@/components/outcome-badge';
import { reasonWords } from '@/components/postback-words';
import { TestBadge } from '@/components/status-badge';
import { absoluteTime } from '@/components/ui/clock';
import { Id } from '@/components/ui/id';
import { Cell, HeadCell, Row, RowLink, Table, TableHead } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { PostbackRow } from '@/lib/postbacks/queries';
import { getProvider } from '@/lib/providers';
import { visible } from '@/lib/visible';

interface PostbackTableProps {
  readonly rows: readonly PostbackRow[];
  readonly zone: string;
  readonly now: Date;
}

/** On a phone each row is two lines and its reason. */
const NARROW_ROW =
  'max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-1 max-md:border-line-soft max-md:border-b max-md:py-2.5 max-md:last:border-b-0';
const NARROW = 'max-md:h-auto max-md:border-b-0 max-md:px-4';
const ONLY_WIDE = 'max-md:hidden';

export function PostbackTable({ rows, zone, now }: PostbackTableProps): ReactElement {
  const t = useTranslations('postbacks.list');
  return (
    <div className="max-md:[&_table]:block">
      <Table label={t('label')}>
        <TableHead>
          <HeadCell className={ONLY_WIDE}>{t('time')}</HeadCell>
          <HeadCell className={ONLY_WIDE}>{t('outcome')}</HeadCell>
          <HeadCell className={ONLY_WIDE}>{t('reason')}</HeadCell>
          <HeadCell className={ONLY_WIDE}>{t('invoice')}</HeadCell>
          <HeadCell className="max-lg:hidden">{t('project')}</HeadCell>
          <HeadCell align="end" className={ONLY_WIDE}>
            {t('answer')}
          </HeadCell>
        </TableHead>
        <tbody className="max-md:block">
          {rows.map((row) => (
            <PostbackLine key={row.id} now={now} row={row} zone={zone} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

interface LineProps {
  readonly row: PostbackRow;
  readonly zone: string;
  readonly now: Date;
}

function PostbackLine({ row, zone, now }: LineProps): ReactElement {
  const t = useTranslations('postbacks');
  const locale = useLocale();
  const reason = reasonWords(t, row);
  return (
    <Row className={NARROW_ROW}>
      <Cell className={`${NARROW} max-md:col-start-2 max-md:row-start-1 max-md:text-end`}>
        <RowLink
          aria-label={t('list.open', { time: absoluteTime(row.receivedAt, zone, locale) })}
          className="font-normal!"
          href={`/postbacks/${row.id}`}
        >
          <Time at={row.receivedAt} now={now} zone={zone} />
        </RowLink>
      </Cell>
      <Cell className={`${NARROW} max-md:col-start-1 max-md:row-start-1`}>
        <span className="inline-flex items-center gap-1.5">
          <OutcomeBadge outcome={row.outcome} />
          {row.signer === 'test' ? <TestBadge /> : null}
        </span>
      </Cell>
      <Cell
        className={`${NARROW} w-full max-w-0 max-md:col-span-2 max-md:row-start-3 max-md:max-w-none ${reason ? '' : 'max-md:hidden'}`}
      >
        <span
          className="block truncate text-muted max-md:line-clamp-2 max-md:whitespace-normal"
          title={reason ?? undefined}
        >
          {reason ?? (row.duplicates > 0 ? t('list.copies', { count: row.duplicates }) : '')}
        </span>
      </Cell>
      <Cell className={`${NARROW} max-md:col-start-1 max-md:row-start-2`}>
        {row.invoiceId && row.providerInvoiceId ? (
          <Link className="text-link relative" href={`/invoices/${row.invoiceId}`} prefetch={false}>
            <Id value={visible(row.providerInvoiceId)} />
          </Link>
        ) : null}
      </Cell>
      <Cell className="max-w-52 truncate max-lg:hidden">
        <Foreign most={40} text={row.project} />
        <span className="ms-1.5 text-muted text-xs">{getProvider(row.provider)?.label ?? row.provider}</span>
      </Cell>
      <Cell align="end" className={`${NARROW} max-md:col-start-2 max-md:row-start-2 max-md:text-end`}>
        <span className={row.answerStatus === 200 ? 'text-muted' : 'font-medium text-bad'}>{row.answerStatus}</span>
      </Cell>
    </Row>
  );
}
