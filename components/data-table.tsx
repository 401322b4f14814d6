import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import { groupDigits } from './ui/digits';
import { Cell, HeadCell, Row, Table, TableHead } from './ui/table';

interface DataTableProps {
  readonly label: string;
  readonly head: readonly string[];
  /** The first cell names the row, the others are figures. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** The figures behind a chart, for those who read rather than look. */
export function DataTable({ label, head, rows }: DataTableProps): ReactElement {
  const t = useTranslations('overview');
  const locale = useLocale();
  return (
    <details className="group -mx-1 mt-2 overflow-x-clip px-1 text-sm">
      <summary className="inline-block rounded-control text-muted text-xs underline decoration-line-strong underline-offset-4 hover:text-ink">
        {t('asTable')}
        <span className="sr-only">: {label}</span>
      </summary>
      <div className="mt-2 max-h-72 overflow-y-auto rounded-control border border-line">
        <Table label={label}>
          <TableHead>
            {head.map((word, index) => (
              <HeadCell align={index === 0 ? 'start' : 'end'} key={word}>
                {word}
              </HeadCell>
            ))}
          </TableHead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <Row key={key}>
                {cells.map((cell, index) => (
                  <Cell align={index === 0 ? 'start' : 'end'} key={`${key} ${head[index]}`}>
                    {typeof cell === 'number' ? groupDigits(String(cell), locale) : cell}
                  </Cell>
                ))}
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  );
}
