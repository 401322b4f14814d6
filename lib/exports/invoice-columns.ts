import { amount, type Column, figure, orderText, text, time } from './column';
import { instantOf } from './instants';
import { type PeopleColumns, type Person, readPerson } from './person';
import { StoredState } from './stored-state';
import type { Zoned } from './transaction-columns';
import { testWord } from './transaction-record';

/** As `invoiceScan` reads it. */
export interface InvoiceRow extends PeopleColumns {
  readonly at: string;
  readonly id: string;
  readonly provider: string;
  readonly project: string;
  readonly provider_invoice_id: string;
  readonly signer: string;
  readonly order_id: string | null;
  readonly status: string;
  readonly status_raw: string;
  readonly cash_on_delivery: string | null;
  readonly is_test: boolean;
  readonly test_mode_known: boolean;
  readonly state: string;
  readonly currency: string | null;
  readonly amount: string | null;
  readonly amount_usd: string | null;
  readonly received: string | null;
  readonly paid_at: string | null;
  readonly time_source: string | null;
  readonly updated_at: string;
  readonly attention: string;
  readonly delivery_status: string | null;
  readonly waybills: string | null;
  readonly failure_reasons: string | null;
  readonly postbacks: number;
}

export interface ListedInvoice {
  readonly row: InvoiceRow;
  readonly state: StoredState;
  readonly person: Person;
}

export function toListedInvoice(row: InvoiceRow): ListedInvoice {
  return { row, state: new StoredState(row.state), person: readPerson(row) };
}

/** A row per invoice, paid or not, as the list shows it; `received` is what its payments and refunds make together. */
export function invoiceColumns({ zone, clock }: Zoned): readonly Column<ListedInvoice>[] {
  const paidAt = ({ row }: ListedInvoice): string | null => (row.paid_at === null ? null : instantOf(row.paid_at));
  return [
    text('row_id', ({ row }) => `${row.provider}-${row.provider_invoice_id}${row.signer === 'test' ? '-test' : ''}`),
    text('provider', ({ row }) => row.provider),
    text('project', ({ row }) => row.project),
    orderText('order_id', ({ row }) => row.order_id),
    text('invoice_id', ({ row }) => row.provider_invoice_id),
    text('status', ({ row }) => row.status),
    text('status_raw', ({ row }) => row.status_raw),
    time('created_at_utc', ({ row }) => instantOf(row.at)),
    time('created_at_local', ({ row }) => clock(instantOf(row.at))),
    text('timezone', () => zone),
    time('paid_at_utc', paidAt),
    time('paid_at_local', (invoice) => {
      const paid = paidAt(invoice);
      return paid === null ? null : clock(paid);
    }),
    text('time_source', ({ row }) => row.time_source),
    text('currency', ({ row }) => row.currency),
    amount(
      'amount',
      ({ row }) => row.amount,
      ({ row }) => row.currency,
    ),
    amount(
      'amount_usd',
      ({ row }) => row.amount_usd,
      () => 'USD',
    ),
    amount(
      'received',
      ({ row }) => row.received,
      ({ row }) => row.currency,
    ),
    { ...text('customer_name', ({ person }: ListedInvoice) => person.client_name ?? null), people: true },
    { name: 'customer_phone', type: 'phone', get: ({ person }) => person.client_phone ?? null, people: true },
    text('waybills', ({ row }) => row.waybills),
    text('waybill_status', ({ row }) => row.delivery_status),
    text('waybill_error', ({ row }) => row.failure_reasons),
    text('attention', ({ row }) => row.attention || null),
    text('is_test', ({ row }) => testWord(row)),
    text('verified', ({ state }) => state.verified()),
    figure('postbacks', ({ row }) => String(row.postbacks)),
    time('updated_at_utc', ({ row }) => instantOf(row.updated_at)),
    // `paid` alone would say that the cash of a parcel is here.
    text('cash_on_delivery', ({ row }) => row.cash_on_delivery),
  ];
}
