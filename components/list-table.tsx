import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import type { Layout } from '@/lib/lists/layout';
import type { Clock } from './clock-props';
import { LiveRows } from './live-rows';
import { Cell, HeadCell, TableHead } from './ui/table';

export interface Column<Row> {
  readonly name: string;
  readonly head: ReactNode;
  readonly align?: 'end';
  /** From which width on it is among the usual columns; chosen ones are always there. */
  readonly from?: 'lg' | 'xl' | 'wide';
  readonly className?: string;
  /** Where it stands in the lines of a phone; without it, it is not there. */
  readonly narrow?: string;
  readonly cell: (row: Row) => ReactNode;
}

interface ListTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly layout: Layout;
  /** The lines of a row on a phone. */
  readonly narrow: string;
  /** The row that stands open beside the list. */
  readonly open: string | null;
}

const FROM = { lg: 'max-lg:hidden', xl: 'max-xl:hidden', wide: 'max-[1400px]:hidden' } as const;
const HEIGHT = { comfortable: 'md:[&_td]:h-11', compact: 'md:[&_td]:h-9' } as const;
const NARROW_CELL = 'max-md:h-auto max-md:border-b-0 max-md:px-4';

/** A list on the screen: the chosen columns, and rows that stay where they are while others arrive. */
export function ListTable<Row extends { readonly id: string }>(props: ListTableProps<Row>): ReactElement {
  const { label, columns, rows, layout, narrow, open } = props;
  const t = useTranslations('lists.live');
  const shown = columns.filter(({ name }) => layout.columns.includes(name));
  const wideOnly = ({ from }: Column<Row>): string => (from && !layout.chosen ? FROM[from] : '');
  return (
    <div className={`max-md:[&_table]:block ${HEIGHT[layout.density]}`} data-list="">
      <LiveRows
        head={
          <TableHead>
            {shown.map((column) => (
              <HeadCell
                align={column.align ?? 'start'}
                className={`max-md:hidden ${wideOnly(column)}`}
                key={column.name}
              >
                {column.head}
              </HeadCell>
            ))}
          </TableHead>
        }
        label={label}
        narrow={narrow}
        rows={rows.map((row) => ({
          id: row.id,
          cells: shown.map((column) => (
            <Cell
              align={column.align ?? 'start'}
              className={`${column.narrow ? `${NARROW_CELL} ${column.narrow}` : 'max-md:hidden'} ${wideOnly(column)} ${column.className ?? ''}`}
              key={column.name}
            >
              {column.cell(row)}
            </Cell>
          )),
        }))}
        wide={layout.chosen && shown.length > 7}
        words={{ fresh: t.raw('fresh'), more: t.raw('more') }}
        open={open}
      />
    </div>
  );
}

/** The head of a column of times; absolute ones are told with their zone. */
export function TimeHead({ layout, clock }: { readonly layout: Layout; readonly clock: Clock }): ReactElement {
  const t = useTranslations('lists');
  return (
    <>
      {t('column.time')}
      {layout.times === 'absolute' ? <span className="ms-1 font-normal">{clock.zone}</span> : null}
    </>
  );
}
