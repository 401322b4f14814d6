import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import { groupDigits } from '@/components/ui/digits';
import { Cell, HeadCell, Row, Table, TableHead } from '@/components/ui/table';
import type { ControlTotal } from '@/lib/exports/tally';

/** Every digit: these are compared with what a spreadsheet says. */
export function ControlTotals({ totals }: { readonly totals: readonly ControlTotal[] }): ReactElement {
  const t = useTranslations('exports.summary');
  if (totals.length === 0) return <p className="text-muted text-sm">{t('none')}</p>;
  return (
    <div>
      <h3 className="font-medium text-ink text-sm">{t('totals')}</h3>
      <p className="mt-0.5 mb-2 text-muted text-xs">{t('totalsNote')}</p>
      <div className="max-h-96 overflow-auto rounded-control border border-line">
        <Table label={t('totals')}>
          <TableHead>
            <HeadCell>{t('currency')}</HeadCell>
            <HeadCell>{t('column')}</HeadCell>
            <HeadCell align="end">{t('sum')}</HeadCell>
          </TableHead>
          <tbody>
            {totals.map(({ column, unit, sum }, index) => (
              <Row key={`${unit} ${column}`}>
                <Cell className="max-w-40 truncate">
                  {totals[index - 1]?.unit === unit ? null : unit === '' ? (
                    t('noCurrency')
                  ) : (
                    <Foreign most={24} text={unit} />
                  )}
                </Cell>
                <Cell className="font-mono text-muted text-xs">{column}</Cell>
                <Cell align="end" className="whitespace-normal! [overflow-wrap:anywhere]" title={sum}>
                  {groupDigits(sum)}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
    </div>
  );
}
