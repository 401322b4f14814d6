import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { Money } from '@/components/ui/money';
import { Cell, HeadCell, Row, Table, TableHead } from '@/components/ui/table';
import { UntrustedText } from '@/components/untrusted-text';
import type { MoneyLine, MoneyPart, MoneyTable } from '@/lib/invoices/money-table';
import { clip, visible } from '@/lib/visible';
import { digitsClass } from './amount-words';

interface MoneyTableCardProps {
  readonly table: MoneyTable;
  readonly currency: string | null;
}

const PARTS_SHOWN = 20;
/** What was asked for, what came and what it cost: a column for each currency, and no sum across them. */
export function MoneyTableCard({ table, currency }: MoneyTableCardProps): ReactElement | null {
  const t = useTranslations('invoicePage.money');
  const { parts, together } = table;
  if (parts.length === 0) return null;
  const dollars = parts.some(({ lines }) => lines.some(({ usd }) => usd !== null));
  const own = currency ? visible(clip(currency, 24)) : t('own');
  return (
    <Card note={t('note')} padded={false} title={t('title')}>
      <Table label={t('title')}>
        <TableHead>
          <HeadCell>{t('line')}</HeadCell>
          <HeadCell align="end">{own}</HeadCell>
          {dollars ? <HeadCell align="end">{t('usd')}</HeadCell> : null}
        </TableHead>
        {parts.slice(0, PARTS_SHOWN).map((part, index) => (
          <tbody key={part.hashes.join(' ') || (part.externalId ?? '')}>
            {parts.length > 1 ? <GroupRow dollars={dollars} name={<PartName index={index} part={part} />} /> : null}
            {part.lines.map((line) => (
              <LineRow dollars={dollars} key={line.name} line={line} />
            ))}
            {part.price ? <PriceRow dollars={dollars} price={part.price} /> : null}
          </tbody>
        ))}
        {together.length > 0 ? (
          <tbody>
            <GroupRow dollars={dollars} name={t('together')} />
            {together.map((line) => (
              <LineRow dollars={dollars} key={line.name} line={line} strong />
            ))}
          </tbody>
        ) : null}
      </Table>
      {parts.length > PARTS_SHOWN ? (
        <p className="border-line-soft border-t px-4 py-2.5 text-muted text-xs">
          {t('more', { count: parts.length - PARTS_SHOWN })}
        </p>
      ) : null}
    </Card>
  );
}

function PartName({ part, index }: { readonly part: MoneyPart; readonly index: number }): ReactElement {
  const t = useTranslations('invoicePage.money');
  if (part.hashes.length > 0) return <>{t('transfer', { number: index + 1 })}</>;
  if (part.externalId === null) return <>{t('unnamed')}</>;
  return <UntrustedText className="break-all" most={60} text={t('payment', { id: part.externalId })} />;
}

function GroupRow({ name, dollars }: { readonly name: React.ReactNode; readonly dollars: boolean }): ReactElement {
  return (
    <tr>
      <th
        className="border-line-soft border-b bg-sunken px-4 py-1.5 text-start font-medium text-muted text-xs"
        colSpan={dollars ? 3 : 2}
        scope="rowgroup"
      >
        {name}
      </th>
    </tr>
  );
}

interface LineRowProps {
  readonly line: MoneyLine;
  readonly dollars: boolean;
  readonly strong?: boolean;
}

function LineRow({ line: { name, own, usd }, dollars, strong = false }: LineRowProps): ReactElement {
  const t = useTranslations('invoicePage.money');
  const signed = name === 'difference';
  const weight = strong || name === 'paid' || name === 'received' ? 'font-medium' : '';
  return (
    <Row>
      <Cell className="whitespace-normal! text-muted">{t(name)}</Cell>
      <Cell align="end" className={`whitespace-normal! ${weight}`}>
        <Amount signed={signed} value={own} />
      </Cell>
      {dollars ? (
        <Cell align="end" className="whitespace-normal! text-muted">
          <Amount signed={signed} value={usd} />
        </Cell>
      ) : null}
    </Row>
  );
}

/** A difference shows its sign, and its colour where there is one. */
function Amount({ value, signed }: { readonly value: string | null; readonly signed: boolean }): ReactElement {
  const differs = signed && value !== null && /[1-9]/.test(value);
  const plus = differs && value !== null && !value.startsWith('-');
  return (
    <span className={differs ? 'text-attention' : ''}>
      {plus ? '+' : null}
      <Money amount={value} className={digitsClass(value)} currency={null} />
    </span>
  );
}

/** In a currency that no postback names, so in no column of ours. */
function PriceRow({ price, dollars }: { readonly price: string; readonly dollars: boolean }): ReactElement {
  const t = useTranslations('invoicePage.money');
  return (
    <Row>
      <Cell className="whitespace-normal! text-muted">{t('price')}</Cell>
      <Cell align="end" className="whitespace-normal! py-1.5" colSpan={dollars ? 2 : 1}>
        <Money amount={price} className={digitsClass(price)} currency={null} />
        <span className="block text-muted text-xs">{t('priceNote')}</span>
      </Cell>
    </Row>
  );
}
